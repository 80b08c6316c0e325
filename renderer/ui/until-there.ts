const pausesMs = [250, 500, 1_000, 2_000];
const longestPauseMs = 4_000;

/**
 * What `load` brings, however often the network or the bridge is away meanwhile. Nothing waits for it but the part that it belongs to, which comes
 * as soon as it can be had, so it is asked for as long as the page is there.
 */
export async function untilThere<Value>(
  load: () => Promise<Value>,
  page: Pick<Document, 'querySelectorAll'>,
  pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt > 0) await stylesAgain(page);
      return await load();
    } catch {
      await pause(pausesMs[attempt] ?? longestPauseMs);
    }
  }
}

/** One that did not come is there, too, and lets nobody look into it. */
function hasCome({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet !== null && sheet.cssRules.length > 0;
  } catch {
    return false;
  }
}

/** The bundler's loader asks for each style sheet once, whatever came of it: those that did not come are asked for here. */
async function stylesAgain(page: Pick<Document, 'querySelectorAll'>): Promise<void> {
  const missing = [...page.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].filter((link) => !hasCome(link));
  await Promise.all(
    missing.map(
      (link) =>
        new Promise<void>((resolve, reject) => {
          const again = link.cloneNode() as HTMLLinkElement;
          again.addEventListener('load', () => resolve());
          again.addEventListener('error', () => reject(new Error(`${again.href} did not come`)));
          link.replaceWith(again);
        }),
    ),
  );
}
