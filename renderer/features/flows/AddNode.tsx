import { useState } from 'react';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { nodeAt } from '../../stores/index.ts';
import { Button, Dialog, Select } from '../../ui/index.ts';
import { type KindGroup, kindGroups } from './kinds.ts';
import { ownExitsOf } from './node-size.ts';
import { exitName, titleOf } from './words.ts';

interface After {
  readonly nodeId: string;
  readonly exit: string | null;
}

/** A node by the keyboard alone: behind which exit, and what kind. */
export function AddNodeDialog(props: {
  readonly flow: Flow;
  readonly after: After | null;
  onAdd(kind: NodeKindName, after: After | null): void;
  onClose(): void;
}) {
  const { flow, after, onAdd, onClose } = props;
  const text = useText();
  const { t } = text;
  const node = after === null ? undefined : nodeAt(flow, after.nodeId);
  const exits = node ? ownExitsOf(node) : [];
  const free = exits.find(({ name }) => node?.exits[name] === undefined) ?? exits[0];
  const [exit, setExit] = useState(after?.exit ?? free?.name ?? '');
  const [kind, setKind] = useState<NodeKindName>('play');
  const add = () => onAdd(kind, after === null || exit === '' ? null : { nodeId: after.nodeId, exit });
  return (
    <Dialog
      title={t('flows.add.title')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flows.cancel')}</Button>
          <Button kind="primary" onClick={add}>
            {t('flows.add.add')}
          </Button>
        </>
      }
    >
      <form
        className="dialog-body flow-new"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
      >
        <Select
          label={t('flows.add.kind')}
          choices={(Object.keys(kindGroups) as KindGroup[]).flatMap((group) =>
            kindGroups[group].map((each) => ({ value: each as NodeKindName, label: t(`flows.kind.${each}`) })),
          )}
          value={kind}
          onChange={setKind}
        />
        {node && exits.length > 0 ? (
          <Select
            label={`${t('flows.add.after')} ${titleOf(text, node)}`}
            choices={[
              ...exits.map(({ name }) => ({ value: name, label: exitName(text, node, name) })),
              { value: '', label: t('flows.add.nowhere') },
            ]}
            value={exit}
            onChange={setExit}
          />
        ) : null}
      </form>
    </Dialog>
  );
}
