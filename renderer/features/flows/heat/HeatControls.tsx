import { useText } from '../../../i18n/index.ts';
import { Switch } from '../../../ui/index.ts';
import { type HeatRange, heatRanges } from './heat.ts';
import { type HeatStep, heatColour, widthOfStep } from './overlay.ts';
import type { HeatSeen } from './use-heat.ts';
import './heat.css';

const legend: readonly HeatStep[] = [1, 2, 3, 4];

export interface HeatControlsProps {
  readonly isOn: boolean;
  readonly range: HeatRange;
  readonly seen: HeatSeen;
  onSwitch(isOn: boolean): void;
  onRange(range: HeatRange): void;
}

/** The switch of the heat map, of which days it tells, and what the widths and hues of its edges mean. */
export function HeatControls({ isOn, range, seen, onSwitch, onRange }: HeatControlsProps) {
  const { t, formats } = useText();
  return (
    <div className="heat-controls">
      {isOn ? (
        <>
          <span className="small text-3 figures nowrap" role="status">
            {seen.failure !== null ? (
              <span className="tone-broken">{t('flowRuns.heat.failed')}</span>
            ) : seen.heat !== null ? (
              t('flowRuns.heat.callers', { count: seen.heat.callers, callers: formats.number(seen.heat.callers) })
            ) : (
              ''
            )}
          </span>
          <select
            className="heat-range small"
            aria-label={t('flowRuns.heat.days')}
            value={range}
            onChange={({ target }) => onRange(target.value as HeatRange)}
          >
            {heatRanges.map((each) => (
              <option key={each} value={each}>
                {t(`flowRuns.heat.${each}`)}
              </option>
            ))}
          </select>
          <span className="heat-legend" role="img" aria-label={t('flowRuns.heat.legend')} title={t('flowRuns.heat.legend')}>
            {legend.map((step) => (
              <i key={step} style={{ height: Math.max(2, widthOfStep[step]), background: heatColour(step) }} />
            ))}
          </span>
        </>
      ) : null}
      <Switch label={t('flowRuns.heat')} isOn={isOn} onChange={onSwitch} />
    </div>
  );
}

/** Beside an exit in a list: which part of the callers took it. Its place is kept where nobody knows. */
export function ExitShare({ shares, exit }: { readonly shares: ReadonlyMap<string, number> | null; readonly exit: string }) {
  const { t } = useText();
  if (shares === null) return null;
  const share = shares.get(exit) ?? (shares.size > 0 ? 0 : null);
  return <span className="exit-share small text-3 figures">{share === null ? '' : t('flowRuns.heat.share', { percent: share })}</span>;
}
