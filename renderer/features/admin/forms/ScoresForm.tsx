import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { defaultCustomerScores } from '../../../../shared/contracts/customer-scores.ts';
import { useText } from '../../../i18n/index.ts';
import { Check, fieldsOf, Part, useOptions } from '../fields.tsx';
import { useForm } from '../form.ts';

const f = fieldsOf<Configuration['organisation']>();

/** How customers' scores are counted: the weights that come with the desktop, or the organisation's own. */
export function ScoresForm() {
  const { t, formats } = useText();
  const form = useForm();
  const outcomes = useOptions('dispositions');
  const { organisation } = form.configuration;
  const scores = organisation.customerScores;
  const known = new Set(outcomes.map(({ value }) => value));
  const own = () => ({
    ...defaultCustomerScores,
    churn: {
      ...defaultCustomerScores.churn,
      leavingOutcomes: defaultCustomerScores.churn.leavingOutcomes.filter((code) => known.has(code)),
    },
  });
  const days = t('admin.days');
  const points = t('admin.points');
  const percent = t('admin.percent');
  return (
    <>
      <Part title={t('admin.part.scores')} note={t('admin.part.scores.note')}>
        <Check at="customerScores" isOn={scores !== undefined} onChange={(isOn) => form.put('customerScores', isOn ? own() : undefined)} />
      </Part>
      {scores === undefined ? null : (
        <>
          <Part title={t('admin.part.scores.value')}>
            {(['use', 'tenurePerYear', 'tenureMost', 'perProduct', 'productsMost', 'paysOnTime', 'arrears'] as const).map((name) => (
              <f.Quantity key={name} at={`customerScores/value/${name}`} unit={points} />
            ))}
          </Part>
          <Part title={t('admin.part.scores.levels')} note={t('admin.part.scores.levels.note')}>
            {scores.levels.flatMap(({ of, currency, middle, high }, index) =>
              (['middle', 'high'] as const).map((level) => (
                <f.Quantity
                  key={`${of}-${currency}-${level}`}
                  at={`customerScores/levels/${index}/${level}` as 'customerScores/value/use'}
                  label={t(`admin.scores.level.${of}.${level}`, { currency })}
                  hint={money(formats, level === 'middle' ? middle : high, currency)}
                />
              )),
            )}
          </Part>
          <Part title={t('admin.part.scores.growth')}>
            {growthFields.map(([name, unit]) => (
              <f.Quantity
                key={name}
                at={`customerScores/growth/${name}`}
                unit={unit === 'points' ? points : unit === 'days' ? days : undefined}
              />
            ))}
          </Part>
          <Part title={t('admin.part.scores.churn')}>
            {churnFields.map(([name, unit]) => (
              <f.Quantity
                key={name}
                at={`customerScores/churn/${name}`}
                unit={unit === 'points' ? points : unit === 'days' ? days : percent}
              />
            ))}
            <f.Several at="customerScores/churn/leavingOutcomes" options={outcomes} />
          </Part>
          <Part title={t('admin.part.scores.boxes')}>
            <f.Quantity at="customerScores/boxes/middleFrom" />
            <f.Quantity at="customerScores/boxes/highFrom" />
          </Part>
        </>
      )}
    </>
  );
}

/** What is being typed may not be a number yet. */
function money(formats: ReturnType<typeof useText>['formats'], minor: unknown, currency: string): string {
  return typeof minor === 'number' && Number.isFinite(minor) ? formats.money(minor, currency) : currency;
}

type Unit = 'points' | 'days' | 'percent' | 'count';
type Scores = typeof defaultCustomerScores;
type NumberOf<Part> = { [Name in keyof Part]: Part[Name] extends number ? Name : never }[keyof Part] & string;

const growthFields: readonly (readonly [NumberOf<Scores['growth']>, Unit])[] = [
  ['start', 'points'],
  ['usePerPercent', 'points'],
  ['useMost', 'points'],
  ['productKinds', 'count'],
  ['perMissingProduct', 'points'],
  ['missingMost', 'points'],
  ['linesFull', 'points'],
  ['linesUnused', 'points'],
  ['visitDays', 'days'],
  ['visitLead', 'points'],
  ['offerDays', 'days'],
  ['offerAccepted', 'points'],
  ['offersMost', 'points'],
  ['growingStage', 'points'],
  ['decliningStage', 'points'],
  ['complaintDays', 'days'],
  ['complaint', 'points'],
  ['complaintsMost', 'points'],
];

const churnFields: readonly (readonly [NumberOf<Scores['churn']>, Unit])[] = [
  ['contractSoonDays', 'days'],
  ['contractSoon', 'points'],
  ['contractNearDays', 'days'],
  ['contractNear', 'points'],
  ['contractOver', 'points'],
  ['complaintRecentDays', 'days'],
  ['complaintRecent', 'points'],
  ['complaintEarlierDays', 'days'],
  ['complaintEarlier', 'points'],
  ['complaintsMost', 'points'],
  ['leavingDays', 'days'],
  ['leaving', 'points'],
  ['leavingMost', 'points'],
  ['visitDays', 'days'],
  ['visitAtRisk', 'points'],
  ['visitGood', 'points'],
  ['useFromPercent', 'percent'],
  ['usePerPercent', 'points'],
  ['useMost', 'points'],
  ['arrears', 'points'],
  ['arrearsLongDays', 'days'],
  ['arrearsLong', 'points'],
  ['silentDays', 'days'],
  ['silent', 'points'],
  ['silentLongDays', 'days'],
  ['silentLong', 'points'],
  ['unusedFromPercent', 'percent'],
  ['unused', 'points'],
  ['tenurePerYear', 'points'],
  ['tenureMost', 'points'],
];
