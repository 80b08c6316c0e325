/** One line of trouble, for whoever looks after this computer. Names of fields and kinds, never what a person wrote or is called. */
export type PageReport = (event: string, facts: Readonly<Record<string, string | number | boolean | null>>) => void;

const linesPerMinute = 30;

/** Bounds what the page writes: more than thirty lines in a minute are counted, and the count is one line when the minute is over. */
export function pageReport(write: PageReport, now: () => number = () => performance.now()): PageReport {
  let begun = now();
  let written = 0;
  let leftOut = 0;
  return (event, facts) => {
    if (now() - begun >= 60_000) {
      if (leftOut > 0) write('reports:left-out', { lines: leftOut });
      begun = now();
      written = 0;
      leftOut = 0;
    }
    written += 1;
    if (written > linesPerMinute) leftOut += 1;
    else write(event, facts);
  };
}
