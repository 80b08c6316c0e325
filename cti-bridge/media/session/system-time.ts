/** The machine's monotonic time in ms: one scale for all its processes, unlike `performance.now()`, which starts anew with each. */
export function systemTimeMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
