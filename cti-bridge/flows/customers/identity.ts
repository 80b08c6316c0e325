import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Merge } from '../../../shared/contracts/identity.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, noSuchPerson } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';
import { reachOf } from './reach.ts';

type IdentityStories = Pick<
  CustomerCommands,
  'contact:duplicates' | 'contact:preview-merge' | 'contact:merge' | 'contact:unmerge' | 'contact:merges' | 'contact:not-the-same'
>;

/** Who is who: people who look alike, two that are said to be one, and that taken back. Each side must be somebody the asker may see. */
export function createIdentity(parts: CustomerParts): IdentityStories {
  const { clock, ids, store, scopeOf, refreshPops } = parts;
  const { identity } = store;
  const sought = (asker: Asker, contactId: string) => ({ contactId, scope: reachOf(parts, asker, contactId) });

  /** Done is done, whether or not every screen could be told. */
  function seenByAll(outcome: Result<Merge, WireError>): Result<Merge, WireError> {
    if (outcome.ok) void refreshPops([outcome.value.kept.contactId, outcome.value.absorbed.contactId]);
    return outcome;
  }

  return {
    'contact:duplicates': (asker, { contactId }) =>
      answered(
        parts,
        'duplicates',
        // Whom they look like is told of those the asker may see, whoever is on the line.
        identity
          .duplicates(sought(asker, contactId), scopeOf(asker))
          .then((found) => (found ? ok({ duplicates: [...found] }) : noSuchPerson)),
      ),
    'contact:preview-merge': (asker, { keptId, absorbedId }) =>
      answered(parts, 'merge preview', identity.previewMerge(sought(asker, keptId), sought(asker, absorbedId))),
    'contact:merge': (asker, { keptId, absorbedId, reason }) =>
      answered(
        parts,
        'merge',
        identity
          .merge({
            ...{ mergeId: ids.next(), kept: sought(asker, keptId), absorbed: sought(asker, absorbedId), reason },
            ...{ author: authorOf(asker), at: clock.now() },
          })
          .then(seenByAll),
      ),
    'contact:unmerge': (asker, { mergeId, reason }) =>
      answered(
        parts,
        'unmerge',
        identity.unmerge({ mergeId, scope: scopeOf(asker), reason, author: authorOf(asker), at: clock.now() }).then(seenByAll),
      ),
    'contact:merges': (asker, { contactId }) =>
      answered(
        parts,
        'merges',
        identity.merges(sought(asker, contactId)).then((merges) => (merges ? ok({ merges: [...merges] }) : noSuchPerson)),
      ),
    'contact:not-the-same': (asker, { oneId, otherId }) =>
      answered(
        parts,
        'not the same',
        identity
          .notTheSame({ one: sought(asker, oneId), other: sought(asker, otherId), author: authorOf(asker), at: clock.now() })
          .then((said) => (said.ok ? ok({}) : said)),
      ),
  };
}
