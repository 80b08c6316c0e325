import type { Check } from '../draft.ts';

/** Calls that bring something along: each fact comes from one place, and nothing is taken twice. */
export const checkTrunks: Check = (draft, report) => {
  for (const { id, takesOver = [] } of draft.trunks) {
    const facts = new Set<string>();
    const places = new Map<string, string>();
    for (const [index, { header, as, pick }] of takesOver.entries()) {
      const path = `trunks/${id}/takesOver/${index}`;
      if (facts.has(as)) report(`${path}/as`, `${as} once more`, 'a name of its own for each fact');
      facts.add(as);
      // RFC 3261 §7.3.1: the name of a header is the same in capitals and small letters.
      const place = `${header.toLowerCase()} ${pick ?? ''}`;
      const other = places.get(place);
      if (other !== undefined)
        report(
          `${path}/header`,
          `${header}${pick === undefined ? '' : `, ${pick}`}, which ${other} takes over`,
          'a header, or a part of one, that is taken over once',
        );
      else places.set(place, as);
    }
  }
};
