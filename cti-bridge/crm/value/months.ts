/** Months as `2026-10`, by the calendar here. */
export function monthOf(at: number): string {
  const date = new Date(at);
  return written(date.getFullYear(), date.getMonth());
}

/** The whole months before the one of `at`, oldest first. */
export function monthsBefore(at: number, count: number): readonly string[] {
  const date = new Date(at);
  return Array.from({ length: count }, (_, index) => {
    const first = new Date(date.getFullYear(), date.getMonth() - count + index, 1);
    return written(first.getFullYear(), first.getMonth());
  });
}

/** When the month after the one of `at` begins, epoch ms. */
export function nextMonth(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime();
}

function written(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
}
