import type { AccountPage } from '../../../shared/contracts/account.ts';
import { useText } from '../../i18n/index.ts';
import { Chip, NineBox, PointsList, Popover, Section } from '../../ui/index.ts';
import { boxes, boxName, churnLevel, pointsOf } from './words.ts';

/** What the customer is worth and may become, and how likely it is to leave: each figure with its reasons. */
export function Value({ page }: { readonly page: AccountPage }) {
  const text = useText();
  const { t, formats } = text;
  const { score } = page;
  if (!score) {
    return (
      <Section title={t('account.matrix')}>
        <p className="text-3">{t('account.scoreNone')}</p>
      </Section>
    );
  }
  const here = boxName(text, score);
  const was = score.earlier ? boxName(text, score.earlier) : null;
  const level = churnLevel(score.churn);
  return (
    <div className="account-pair">
      <Section
        title={t('account.matrix')}
        more={
          <Popover title={t('account.matrixFormula')} align="end" trigger={<FormulaButton what={t('account.matrix')} />}>
            <p className="small strong account-formula-name">
              {t('account.value')} <span className="figures">{score.value}</span>
            </p>
            <PointsList lines={pointsOf(text, score.valueReasons, true)} />
            <p className="small strong account-formula-name">
              {t('account.growth')} <span className="figures">{score.growth}</span>
            </p>
            <PointsList lines={pointsOf(text, score.growthReasons, true)} />
            <p className="small text-2 account-formula-text">{t('account.formulaText')}</p>
            <p className="small text-3">
              {t('account.computedAt', { date: formats.date(score.computedAt), time: formats.time(score.computedAt) })}
            </p>
          </Popover>
        }
      >
        <NineBox
          label={
            was === null
              ? t('account.matrixSaid', { box: here, value: score.value, growth: score.growth })
              : t('account.matrixSaidWas', { box: here, value: score.value, growth: score.growth, was })
          }
          boxes={boxes.map((box) => t(`account.box.${box}`))}
          at={{ x: score.value, y: score.growth }}
          was={score.earlier ? { x: score.earlier.value, y: score.earlier.growth } : null}
          others={page.peers.map(({ accountId, name, value, growth }) => ({ id: accountId, name, x: value, y: growth }))}
          xTitle={t('account.value')}
          yTitle={t('account.growth')}
          low={t('account.low')}
          high={t('account.high')}
        />
        {was === null || !score.earlier ? null : (
          <p className="small text-2 account-was">
            {was === here
              ? t('account.boxSame', { month: formats.monthOf(score.earlier.month) })
              : t('account.boxWas', { box: was, month: formats.monthOf(score.earlier.month) })}
          </p>
        )}
      </Section>
      <Section
        title={
          <>
            {t('account.churn')}
            <Chip tone={level === 'high' ? 'broken' : level === 'medium' ? 'waiting' : 'ready'}>
              {t(`customer.churn.${level}`, { score: score.churn })}
            </Chip>
          </>
        }
        more={
          <Popover title={t('account.churnFormula')} align="end" trigger={<FormulaButton what={t('account.churn')} />}>
            <PointsList lines={pointsOf(text, score.churnReasons, true)} isAlarming />
            <p className="small text-2 account-formula-text">{t('account.formulaText')}</p>
            <p className="small text-3">
              {t('account.computedAt', { date: formats.date(score.computedAt), time: formats.time(score.computedAt) })}
            </p>
          </Popover>
        }
      >
        {score.churnReasons.length === 0 ? (
          <p className="text-3">{t('account.churnNone')}</p>
        ) : (
          <PointsList lines={pointsOf(text, score.churnReasons)} isAlarming />
        )}
        {score.earlier ? (
          <p className="small text-3 account-was">
            {t('account.churnWas', { score: score.earlier.churn, month: formats.monthOf(score.earlier.month) })}
          </p>
        ) : null}
      </Section>
    </div>
  );
}

function FormulaButton({ what, ...rest }: { readonly what: string }) {
  const { t } = useText();
  return (
    <button type="button" className="account-link" {...rest}>
      {t('account.formula')}
      <span className="sr-only">: {what}</span>
    </button>
  );
}
