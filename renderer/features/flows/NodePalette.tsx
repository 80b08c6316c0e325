import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { type KindGroup, kindGroups, kindIcons } from './kinds.ts';
import { dragKind } from './palette-drag.ts';

/** Everything that can be added, in groups: dragged onto the drawing, or put behind the chosen node by Enter. */
export function NodePalette({ isReadOnly, onChoose }: { readonly isReadOnly: boolean; onChoose(kind: NodeKindName): void }) {
  const { t } = useText();
  return (
    <nav className="flow-palette" aria-label={t('flows.palette')}>
      {(Object.keys(kindGroups) as KindGroup[]).map((group) => (
        <section key={group} aria-label={t(`flows.group.${group}`)}>
          <h2 className="small text-3 medium">{t(`flows.group.${group}`)}</h2>
          <ul>
            {kindGroups[group].map((kind) => {
              const Icon = kindIcons[kind];
              return (
                <li key={kind}>
                  <button
                    type="button"
                    className="flow-kind"
                    disabled={isReadOnly}
                    draggable={!isReadOnly}
                    onDragStart={(event) => dragKind(event.dataTransfer, kind)}
                    onClick={() => onChoose(kind)}
                  >
                    <Icon className="icon" aria-hidden="true" />
                    <span className="cut">{t(`flows.kind.${kind}`)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </nav>
  );
}
