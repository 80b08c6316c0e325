/** What gateways say of a fax in the mail that brings it. */
export interface FaxMail {
  readonly from: { readonly address: string; readonly name: string | null } | null;
  readonly subject: string;
}

const longest = 500;

/**
 * The number that a fax came from, as its gateway wrote it; null where it does not say. Gateways name it in the subject ("Fax from +49 89 1234567"),
 * as the sender's name, or before the @ of the address (`+49891234567@…`, RFC 3191's `FAX=+49891234567@…`). What is said in words goes first: the
 * address may be our own number.
 */
export function faxSender({ from, subject }: FaxMail): string | null {
  const said = /(?:\bfrom|\bvon|\bsender|\babsender|来自|发自|主叫|传真号码?)[\s:：]{0,4}(\+?[\d(][\d\s()-]{4,24}\d)/iu.exec(
    subject.slice(0, longest),
  )?.[1];
  if (said !== undefined && !isDay.test(said)) return plain(said);
  const name = /^(?:fax[\s:=]{0,3})?(\+?[\d(][\d\s()/-]{4,24}\d)$/iu.exec(from?.name?.trim() ?? '')?.[1];
  if (name !== undefined && !isDay.test(name)) return plain(name);
  const address = /^(?:fax[=_.-]?)?(\+?\d{6,15})(?:\/[^@]{0,60})?@/iu.exec(from?.address.slice(0, longest) ?? '')?.[1];
  return address ?? null;
}

const isDay = /^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}-\d{1,2}-\d{4}|^(?:19|20)\d{6}$/;
const plain = (number: string) => number.replaceAll(/[^+\d]/g, '');
