/** The Message-ID of a mail of ours (RFC 5322 3.6.4): made once from its id here, under the domain it is sent from. */
export function internetIdOf(messageId: string, address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return `<${messageId}@${domain}>`;
}
