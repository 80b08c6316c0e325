import { Pencil } from 'lucide-react';
import type { AccountPerson } from '../../../shared/contracts/account.ts';
import { useText } from '../../i18n/index.ts';
import { Avatar, IconButton, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';

const weight = { decides: 0, advises: 1, uses: 2 } as const;
const tones = { forUs: 'tone-ready', neutral: 'text-3', critical: 'tone-broken' } as const;

/** Who decides, who advises, and how they stand to us. */
export function People({
  page,
  deeds,
  isReadOnly,
  onPerson,
}: PartProps & { readonly onPerson?: ((contactId: string) => void) | undefined }) {
  const { t } = useText();
  const rank = ({ influence }: AccountPerson) => (influence ? weight[influence] : 3);
  const people = page.people.toSorted((a, b) => rank(a) - rank(b));
  return (
    <Section title={t('account.people')} more={people.length > 0 ? t('account.contacts', { count: people.length }) : undefined}>
      {people.length === 0 ? <p className="text-3">{t('account.peopleNone')}</p> : null}
      <ul className="account-rows">
        {people.slice(0, 8).map((person) => {
          const role = person.role ?? person.title;
          return (
            <li key={person.contactId} className="account-person">
              <Avatar name={person.name} size="small" />
              <span className="account-person-name">
                {onPerson ? (
                  <button type="button" className="account-link whole is-quiet" onClick={() => onPerson(person.contactId)}>
                    {person.name}
                  </button>
                ) : (
                  <span className="whole">{person.name}</span>
                )}
                {role ? <span className="small text-3 whole">{role}</span> : null}
              </span>
              <span className="account-person-stand small">
                {person.influence ? <span className="text-3">{t(`account.influence.${person.influence}`)}</span> : null}
                {person.stance ? <span className={tones[person.stance]}>{t(`account.stance.${person.stance}`)}</span> : null}
              </span>
              {isReadOnly ? null : (
                <IconButton
                  icon={Pencil}
                  label={t('account.editPerson', { name: person.name })}
                  onClick={() => deeds.showForm({ kind: 'person', contactId: person.contactId })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
