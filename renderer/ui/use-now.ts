import { useEffect, useState } from 'react';

/** The bridge's time, stepping often enough for a clock of whole seconds. Everything on one screen steps in the same tick. */
export function useNow(clockOffsetMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const step = () => setNow(Date.now());
    step();
    listeners.add(step);
    timer ??= setInterval(() => {
      for (const listener of listeners) listener();
    }, stepMs);
    return () => {
      listeners.delete(step);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now + clockOffsetMs;
}

const stepMs = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
