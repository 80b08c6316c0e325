import { type CSSProperties, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { usualSettings } from '../../shared/contracts/desktop-api.ts';
import { useText } from '../i18n/index.ts';
import { classes, PaneHandle } from '../ui/index.ts';
import type { Desk } from './desk.ts';

export interface PanesProps {
  readonly desk: Desk;
  readonly work: ReactNode;
  readonly centre: ReactNode;
  readonly customer: ReactNode;
}

/** Least and most a pane may be given; `workplace.css` sees to it that the middle keeps its room in a narrow window. */
const workRange = { usual: 288, least: 200, most: 480 };
const customerRange = { usual: 448, least: 320, most: 960 };

/** Work list, the work itself, and the customer, as wide as somebody made them on this computer. */
export function Panes({ desk, work, centre, customer }: PanesProps) {
  const { t } = useText();
  const isCustomerOpen = useStore(desk.stores.view, (view) => view.isCustomerOpen);
  const kept = useStore(desk.stores.settings, (settings) => settings.panes) ?? usualSettings.panes;
  /** What is being dragged; remembered when it is let go. */
  const [widths, setWidths] = useState(kept);
  const keep = (change: Partial<typeof kept>) => desk.changeSettings({ panes: { ...widths, ...change } });
  const style = {
    ...(widths.work === null ? {} : { '--w-work': `${widths.work}px` }),
    ...(widths.customer === null ? {} : { '--w-customer': `${widths.customer}px` }),
  } as CSSProperties;
  return (
    <div className={classes('panes', isCustomerOpen && 'has-customer-open')} style={style}>
      {work}
      <PaneHandle
        label={t('panes.work')}
        controls="place-work"
        edge="right"
        width={widths.work}
        {...workRange}
        onWidth={(width) => setWidths({ ...widths, work: width })}
        onDone={(width) => keep({ work: width })}
      />
      <main className="pane" id="place-centre" tabIndex={-1}>
        {centre}
      </main>
      <PaneHandle
        label={t('panes.customer')}
        controls="place-customer"
        edge="left"
        width={widths.customer}
        {...customerRange}
        onWidth={(width) => setWidths({ ...widths, customer: width })}
        onDone={(width) => keep({ customer: width })}
      />
      {customer}
    </div>
  );
}
