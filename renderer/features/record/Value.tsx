import type { ContactPage, Score, ScoreReason } from '../../../shared/contracts/record.ts';
import { scoreReasonText, scoreRuleSentence, useText } from '../../i18n/index.ts';
import { Button, Chip, EmptyState, NineBox, PointsList, Popover, Section } from '../../ui/index.ts';

const boxes = ['develop', 'invest', 'growWith', 'serveWell', 'deepen', 'protect', 'selfService', 'keep', 'hold'] as const;

/** What the customer is worth, may become worth, and how likely they leave; each with what it is made of. */
export function Value({ page }: { readonly page: ContactPage }) {
  const { t, formats } = useText();
  const { score } = page;
  if (!score) return <EmptyState title={t('record.noScore')}>{t('record.noScoreText')}</EmptyState>;
  const names = boxes.map((box) => t(`account.box.${box}`));
  return (
    <div className="record-value">
      <Section title={t('record.matrix')} more={<Formula score={score} kind="value" />}>
        <NineBox
          label={t('record.matrixLabel', { value: Math.round(score.value), growth: Math.round(score.growth) })}
          boxes={names}
          at={{ x: score.value, y: score.growth }}
          was={score.earlier ? { x: score.earlier.value, y: score.earlier.growth } : null}
          xTitle={t('record.currentValue')}
          yTitle={t('record.growth')}
          low={t('record.low')}
          high={t('record.high')}
        />
        {score.earlier ? <p className="small text-2">{t('record.wasThen', { month: formats.monthOf(score.earlier.month) })}</p> : null}
      </Section>
      <Section
        title={
          <>
            {t('customer.churnRisk')}
            <Chip tone={score.churn >= 70 ? 'broken' : score.churn >= 40 ? 'waiting' : 'ready'}>
              {t(`customer.churn.${score.churn >= 70 ? 'high' : score.churn >= 40 ? 'medium' : 'low'}`, { score: Math.round(score.churn) })}
            </Chip>
          </>
        }
        more={<Formula score={score} kind="churn" />}
      >
        <Reasons reasons={score.churnReasons} isAlarming />
      </Section>
      <Section title={`${t('record.currentValue')} ${Math.round(score.value)}`}>
        <Reasons reasons={score.valueReasons} />
      </Section>
      <Section title={`${t('record.growth')} ${Math.round(score.growth)}`}>
        <Reasons reasons={score.growthReasons} />
      </Section>
      <p className="small text-3 record-source">
        {t('record.computedAt', { date: formats.date(score.computedAt), time: formats.time(score.computedAt) })}
      </p>
    </div>
  );
}

interface ReasonsProps {
  readonly reasons: readonly ScoreReason[];
  readonly isAlarming?: boolean;
  readonly withRules?: boolean;
}

function Reasons({ reasons, isAlarming = false, withRules = false }: ReasonsProps) {
  const text = useText();
  if (reasons.length === 0) return <p className="text-2">{text.t('record.noReasons')}</p>;
  return (
    <PointsList
      isAlarming={isAlarming}
      lines={reasons.map((reason, index) => ({
        id: `${index}-${reason.code}`,
        text: scoreReasonText(text, reason),
        points: reason.points,
        note: withRules ? scoreRuleSentence(text, reason) : null,
      }))}
    />
  );
}

function Formula({ score, kind }: { readonly score: Score; readonly kind: 'value' | 'churn' }) {
  const { t } = useText();
  const sum = (reasons: readonly ScoreReason[]) => reasons.map(({ points }) => (points < 0 ? `− ${-points}` : `+ ${points}`)).join(' ');
  return (
    <Popover
      title={t('record.formula')}
      align="end"
      trigger={
        <Button kind="quiet" size="small">
          {t('record.formula')}
        </Button>
      }
    >
      <p>{t(kind === 'churn' ? 'record.formula.churn' : 'record.formula.value')}</p>
      <Reasons reasons={kind === 'churn' ? score.churnReasons : score.valueReasons} isAlarming={kind === 'churn'} withRules />
      {kind === 'value' ? <Reasons reasons={score.growthReasons} withRules /> : null}
      <p className="figures small text-2 record-formula">
        {kind === 'churn'
          ? `0 ${sum(score.churnReasons)} → ${Math.round(score.churn)}`
          : `${t('record.currentValue')}: 0 ${sum(score.valueReasons)} → ${Math.round(score.value)}`}
      </p>
      {kind === 'value' ? (
        <p className="figures small text-2">{`${t('record.growth')}: 0 ${sum(score.growthReasons)} → ${Math.round(score.growth)}`}</p>
      ) : null}
    </Popover>
  );
}
