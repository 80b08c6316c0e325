import { Hand } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import { othersHands, type Stores } from '../../stores/index.ts';
import { type Action, Badge, Popover, tipOf } from '../../ui/index.ts';
import type { HelpDeeds } from './deeds.ts';
import { HelpCalls } from './HelpCalls.tsx';
import './help.css';

/** For supervisors wherever they are: how many wait for help, and who. Nothing while nobody asks. */
export function HelpCount({ stores, deeds, take }: { readonly stores: Stores; readonly deeds: HelpDeeds; readonly take: Action }) {
  const { t } = useText();
  const below = useRef<HTMLSpanElement>(null);
  const help = useStore(stores.desk, (desk) => desk.help);
  const agent = useStore(stores.desk, (desk) => desk.agent);
  const calls = othersHands({ help, agent });
  const waiting = calls.filter(({ taken }) => taken === null);
  const [first] = waiting;
  return (
    <>
      <span className="sr-only" role="status">
        {first ? t('help.asks', { name: first.agentName }) : ''}
      </span>
      {calls.length === 0 ? null : (
        <span className="help-count-place">
          {/* The list hangs below the call bar, whose controls are needed at any moment. */}
          <span ref={below} className="help-count-below" aria-hidden="true" />
          <Popover
            title={t('help.calls')}
            align="end"
            anchor={below}
            trigger={
              <button type="button" className="help-count" {...tipOf(t('help.calls'), take.shortcut)}>
                <Hand className="icon tone-waiting" aria-hidden="true" />
                <span className="sr-only">{t('help.count', { count: waiting.length })}</span>
                <Badge count={waiting.length} />
              </button>
            }
          >
            <HelpCalls stores={stores} deeds={deeds} agentId={null} />
          </Popover>
        </span>
      )}
    </>
  );
}
