/** Durations are bare milliseconds with `Ms` in their name; these make the literals readable. */
export const seconds = (n: number): number => n * 1_000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;
export const days = (n: number): number => n * 86_400_000;

/** `m:ss`, the form every running clock on the screen has. Negative durations show as `0:00`. */
export function formatClock(durationMs: number): string {
  const total = Math.max(0, Math.floor(durationMs / 1_000));
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}
