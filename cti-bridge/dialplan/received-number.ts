import type { NumberForm } from '../../shared/contracts/calling.ts';

/**
 * A number as a trunk sent it, in a form that `normaliseNumber` reads without doubt. What is not digits (a name, `anonymous`) is left alone.
 * Digits come off before the country is put in front.
 */
export function readReceivedNumber(received: string, form: NumberForm): string {
  const trimmed = received.trim();
  if (!/^\+?[\d\s().-]+$/.test(trimmed)) return received;
  const plus = trimmed.startsWith('+') ? '+' : '';
  const digits = trimmed.replace(/\D/g, '').slice(form.strip);
  if (digits === '') return received;
  const number = form.prefix === '' ? plus + digits : form.prefix + digits;
  // Short numbers have no country in front of them.
  if (form.form !== 'e164WithoutPlus' || number.startsWith('+') || digits.length < 7) return number;
  return `+${number}`;
}
