import { useText } from '../../i18n/index.ts';
import type { DeskState, ImportChecked, ImportState } from '../../stores/index.ts';
import { Chip, classes } from '../../ui/index.ts';
import { ProblemList } from './ProblemList.tsx';
import { targetName, valueWords } from './words.ts';

const shownPeople = 30;
const tones = { create: 'ready', update: 'accent', skip: 'plain' } as const;

/** What the dry run found: what would become of the first rows, and what is wrong with some. */
export function Checked({
  checked,
  customFields,
  offices,
}: {
  readonly checked: ImportChecked;
  readonly customFields: DeskState['customFields'];
  readonly offices: ImportState['orgUnits'];
}) {
  const text = useText();
  const { t, formats } = text;
  const rowsWrong = new Set(checked.problems.map(({ row }) => row)).size;
  return (
    <>
      <section className="import-part" aria-label={t('import.checked', { count: checked.looked })}>
        <h2>
          <span role="status">{t('import.checked', { count: checked.looked })}</span>
        </h2>
        <dl className="import-figures">
          {(
            [
              ['created', checked.created],
              ['updated', checked.updated],
              ['skipped', checked.skipped],
              ['refused', rowsWrong],
            ] as const
          ).map(([what, count]) => (
            <div key={what}>
              <dt>{t(`import.would.${what}`)}</dt>
              <dd className={classes('figures', what === 'refused' && count > 0 && 'tone-broken')}>{formats.number(count)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {checked.problems.length > 0 ? (
        <section className="import-part">
          <h2>{t('import.problems', { count: rowsWrong })}</h2>
          <ProblemList problems={checked.problems} />
        </section>
      ) : null}
      {checked.people.length > 0 ? (
        <section className="import-part">
          <h2>{t('import.people')}</h2>
          <ul className="import-people">
            {checked.people.slice(0, shownPeople).map(({ row, what, name, values }) => (
              <li key={row}>
                <span className="small text-3 figures import-row-number">{t('import.row', { row })}</span>
                <Chip tone={tones[what]}>{t(`import.what.${what}`)}</Chip>
                <span className="whole">
                  <span className="medium">{name}</span>
                  <span className="small text-3">
                    {' '}
                    {Object.entries(values)
                      .filter(([field]) => field !== 'name')
                      .map(([field, value]) =>
                        t('import.fieldValue', {
                          field: targetName(text, field, customFields),
                          value: valueWords(text, field, value, { customFields, offices }),
                        }),
                      )
                      .join(t('import.and'))}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
