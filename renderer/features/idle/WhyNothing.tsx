import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Why } from '../../../shared/contracts/queue.ts';
import { useText, voiceOf, whyParts } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog } from '../../ui/index.ts';

export interface WhyNothingProps {
  readonly stores: Stores;
  /** Null when it cannot be asked. */
  ask(): Promise<Why | null>;
}

/** Why this agent gets nothing, in the router's own reasons. Asked when it is opened. */
export function WhyNothing({ stores, ask }: WhyNothingProps) {
  const { t } = useText();
  const isOpen = useStore(stores.view, (view) => view.open === 'why');
  const close = () => stores.view.setState({ open: 'none' });
  return (
    <Dialog title={t('idle.why.title')} isOpen={isOpen} onClose={close} footer={<Button onClick={close}>{t('idle.why.close')}</Button>}>
      <div className="dialog-body idle-why">
        <Reasons stores={stores} ask={ask} />
      </div>
    </Dialog>
  );
}

function Reasons({ stores, ask }: WhyNothingProps) {
  const text = useText();
  const { t } = text;
  const skills = useStore(stores.desk, (desk) => desk.skills);
  const reasons = useStore(stores.desk, (desk) => desk.reasons);
  const voice = useMemo(() => voiceOf(text, { skills, reasons }), [text, skills, reasons]);
  const [why, setWhy] = useState<Why | 'asking' | null>('asking');
  useEffect(() => {
    let isShown = true;
    void ask().then((answer) => isShown && setWhy(answer));
    return () => {
      isShown = false;
    };
  }, [ask]);
  if (why === 'asking') return <p className="text-3">{t('board.why.asking')}</p>;
  if (why === null) return <p role="alert">{t('idle.why.failed')}</p>;
  return (
    <ul className="idle-reasons">
      {why.now.map((reason, index) => {
        const { lead, more } = whyParts(text, reason, voice);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no identity but their place.
          <li key={`${index}-${reason.code}`}>
            <span className="medium">{lead}</span> <span className="text-2">{more}</span>
          </li>
        );
      })}
    </ul>
  );
}
