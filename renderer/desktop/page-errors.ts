import type { PageReport } from './page-report.ts';

/** What nobody caught is a line: what kind it was and where in our own files, without its words, which may be a customer's. */
export function reportPageErrors(page: Pick<Window, 'addEventListener'>, report: PageReport): void {
  page.addEventListener('error', ({ error, filename, lineno, colno }) => {
    report('uncaught', { kind: kindOf(error), where: whereOf(error) ?? `${fileOf(filename)}:${lineno}:${colno}` });
  });
  page.addEventListener('unhandledrejection', ({ reason }) => {
    report('unhandled', { kind: kindOf(reason), where: whereOf(reason) ?? '' });
  });
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error).slice(0, 60);

/** The innermost places, as `index-Ab12.js:3:45`. */
function whereOf(error: unknown): string | null {
  if (!(error instanceof Error) || !error.stack) return null;
  const places = [...error.stack.matchAll(/([\w.-]{1,60}\.(?:js|tsx?)(?:\?[^:]*)?):(\d+):(\d+)/g)].slice(0, 4);
  return places.length === 0 ? null : places.map(([, file, line, column]) => `${fileOf(file ?? '')}:${line}:${column}`).join(' ');
}

const fileOf = (address: string): string => (address.split(/[?#]/)[0] ?? '').split('/').at(-1)?.slice(0, 60) ?? '';
