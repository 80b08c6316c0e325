import { useEffect, useState } from 'react';
import type { Colleague } from '../../../shared/contracts/call-features.ts';
import type { CallDeeds } from './deeds.ts';

/** Who is free changes while one looks for somebody. */
const askAgainMs = 3_000;
const restMs = 120;

/** Whom the text may mean, kept up to date while it is looked at; what was found before stays until there is something new. */
export function useColleagues(find: CallDeeds['findColleagues'], text: string): readonly Colleague[] {
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([]);
  useEffect(() => {
    let isWanted = true;
    const ask = () => void find(text).then((found) => isWanted && found && setColleagues(found));
    const first = setTimeout(ask, text === '' ? 0 : restMs);
    const again = setInterval(ask, askAgainMs);
    return () => {
      isWanted = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [find, text]);
  return colleagues;
}
