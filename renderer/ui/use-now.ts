import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** The bridge's time, stepping often enough for a clock of whole seconds. Everything on one screen steps in the same tick. */
export function useNow(clockOffsetMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const step = () => setNow(Date.now());
    step();
    return onStep(step);
  }, []);
  return now + clockOffsetMs;
}

/** The bridge's time in whole seconds: what shows only a clock is drawn again once a second, however many clocks there are. */
export function useSecond(clockOffsetMs: number): number {
  return useStepOf(1_000, clockOffsetMs) * 1_000;
}

function useStepOf(lengthMs: number, clockOffsetMs: number): number {
  const [count, setCount] = useState(() => Math.floor((Date.now() + clockOffsetMs) / lengthMs));
  useEffect(() => {
    const step = () => setCount(Math.floor((Date.now() + clockOffsetMs) / lengthMs));
    step();
    return onStep(step);
  }, [lengthMs, clockOffsetMs]);
  return count;
}

/** The bridge's time in whole minutes, for days and deadlines. */
export function useMinute(clockOffsetMs: number): number {
  return useStepOf(60_000, clockOffsetMs) * 60_000;
}

/**
 * What a clock shows, in whole seconds of the bridge's time: who shows it is drawn anew only when `read` says something else, so that a
 * list of many clocks of minutes costs next to nothing. `read` is stable for as long as what it reads is.
 */
export function useReading(clockOffsetMs: number, read: (now: number) => string): string {
  const last = useRef<{ readonly second: number; readonly read: typeof read; readonly text: string } | null>(null);
  const now = useCallback(() => {
    const second = Math.floor((Date.now() + clockOffsetMs) / 1_000);
    if (last.current?.second !== second || last.current.read !== read) last.current = { second, read, text: read(second * 1_000) };
    return last.current.text;
  }, [clockOffsetMs, read]);
  return useSyncExternalStore(onStep, now);
}

function onStep(step: () => void): () => void {
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
}

const stepMs = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
