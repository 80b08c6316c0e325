const two = (value: number) => String(value).padStart(2, '0');

/** As a `datetime-local` field writes it, in this computer's time. */
export function toLocal(at: number): string {
  const date = new Date(at);
  return `${toDay(at)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** As a `date` field writes it. */
export function toDay(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Epoch ms of what such a field holds; null while it holds nothing whole. */
export function fromLocal(text: string): number | null {
  const at = new Date(text.includes('T') ? text : `${text}T12:00`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** An amount as typed, in minor units: `85`, `85.5`, `1,200.00`. Null for nothing, `undefined` for what is no amount. */
export function toMinor(typed: string): number | null | undefined {
  const text = typed.trim().replaceAll(/[,\s]/g, '');
  if (text === '') return null;
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(text)) return undefined;
  const [whole = '0', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
