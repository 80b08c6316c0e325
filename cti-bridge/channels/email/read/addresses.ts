import { type Address, addressParser } from 'postal-mime';
import type { MailAddress } from '../../../interactions/index.ts';
import { plainName } from './header-text.ts';
import type { MailLimits } from './mail-limits.ts';
import type { MailPart } from './mail-tree.ts';

const longestAddress = 320;
const longestName = 200;
/** More of one header is not read: it would be some thousand people, and what it costs to read grows faster than its length. */
const longestHeader = 64 * 1024;

/** Everybody that the headers of this name list; the members of a group stand for it, and what has no `@` is nobody. */
export function addressesIn(part: Pick<MailPart, 'headers'>, name: string, limits: MailLimits): readonly MailAddress[] {
  const found = new Map<string, MailAddress>();
  for (const header of part.headers) {
    if (header.name !== name) continue;
    for (const mailbox of everybody(addressParser(header.value.slice(0, longestHeader)))) {
      const address = mailbox.address.replaceAll(/[\p{C}\s<>"]/gu, '');
      if (!/^[^@].*@[^@]+$/.test(address) || address.length > longestAddress) continue;
      const said = plainName(mailbox.name, longestName).replaceAll(/^["']|["']$/g, '');
      const key = address.toLowerCase();
      if (!found.has(key)) found.set(key, { address, name: said === '' || said.toLowerCase() === key ? null : said });
      if (found.size >= limits.addresses) return [...found.values()];
    }
  }
  return [...found.values()];
}

function* everybody(addresses: readonly Address[]): Generator<{ readonly address: string; readonly name: string }> {
  for (const each of addresses) {
    if (each.group) yield* everybody(each.group);
    else if (each.address) yield { address: each.address, name: each.name };
  }
}
