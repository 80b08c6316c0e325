import { useState } from 'react';
import { commonExits } from '../../../shared/contracts/ivr/exits.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { useText } from '../../i18n/index.ts';
import { nodeAt } from '../../stores/index.ts';
import { Button, Dialog, Select } from '../../ui/index.ts';
import { readingOrder } from './auto-layout.ts';
import { titleInList } from './Inspector.tsx';
import { ownExitsOf } from './node-size.ts';
import { exitName, titleOf } from './words.ts';

/** An exit and where it leads, chosen from lists. */
export function ConnectDialog(props: {
  readonly flow: Flow;
  readonly nodeId: string;
  onConnect(exit: string, to: string | null): void;
  onClose(): void;
}) {
  const { flow, nodeId, onConnect, onClose } = props;
  const text = useText();
  const { t } = text;
  const node = nodeAt(flow, nodeId);
  const exits = node ? [...ownExitsOf(node), ...commonExits] : [];
  const first = exits.find(({ name }) => node?.exits[name] === undefined) ?? exits[0];
  const [exit, setExit] = useState(first?.name ?? '');
  const [to, setTo] = useState(node?.exits[exit] ?? '');
  if (!node) return null;
  const connect = () => onConnect(exit, to === '' ? null : to);
  return (
    <Dialog
      title={t('flows.connect.title', { name: titleOf(text, node) })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flows.cancel')}</Button>
          <Button kind="primary" onClick={connect}>
            {t('flows.connect.connect')}
          </Button>
        </>
      }
    >
      <form
        className="dialog-body flow-new"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          connect();
        }}
      >
        <Select
          label={t('flows.connect.exit')}
          choices={exits.map(({ name }) => ({ value: name, label: exitName(text, node, name) }))}
          value={exit}
          onChange={(chosen) => {
            setExit(chosen);
            setTo(node.exits[chosen] ?? '');
          }}
        />
        <Select
          label={t('flows.connect.to')}
          choices={[
            { value: '', label: t('flows.exitNowhere') },
            ...readingOrder(flow).flatMap((target) => {
              const found = nodeAt(flow, target);
              return found && target !== nodeId ? [{ value: target, label: titleInList(text, target, found) }] : [];
            }),
          ]}
          value={to}
          onChange={setTo}
        />
      </form>
    </Dialog>
  );
}
