import { Ear } from 'lucide-react';
import { useStore } from 'zustand';
import type { AgentRow } from '../../../shared/contracts/board.ts';
import { type Supervising, supervisingSchema } from '../../../shared/contracts/call.ts';
import { useText } from '../../i18n/index.ts';
import { type DeskState, floorState, type Stores } from '../../stores/index.ts';
import { Button, Chip } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';

/** The ways into a call of this person, for who may be in it. Once there, the panel of the call has them. */
export function Supervise(props: {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly agent: AgentRow;
  readonly interactionId: string;
}) {
  const { stores, deeds, agent, interactionId } = props;
  const { t } = useText();
  const desk = useStore(stores.desk);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('supervise'));
  const { supervising } = desk;
  if (!maySupervise(desk, agent.agentId)) return null;
  if (supervising?.interactionId === interactionId)
    return (
      <p className="supervise-ways">
        <Chip tone="talking">
          <Ear className="icon icon-small" aria-hidden="true" />
          {t(`supervise.${supervising.how}`)}
        </Chip>
      </p>
    );
  const obstacle = obstacleOf(desk);
  return (
    <>
      <p className="supervise-ways">
        {supervisingSchema.options.map((how: Supervising) => (
          <Button
            key={how}
            size="small"
            disabled={isBusy || obstacle !== null}
            aria-describedby={obstacle ? `supervise-${interactionId}` : undefined}
            onClick={() => deeds.supervise(interactionId, how)}
          >
            {t(`supervise.${how}`)}
          </Button>
        ))}
      </p>
      {obstacle ? (
        <p className="small text-3" id={`supervise-${interactionId}`}>
          {t(`supervise.obstacle.${obstacle}`)}
        </p>
      ) : null}
    </>
  );
}

/** Nobody is in their own call twice, and nobody without a phone hears one. */
function maySupervise({ user, agent }: DeskState, agentId: string): boolean {
  return user?.rights.includes('call:monitor') === true && agent !== null && agent.agentId !== agentId;
}

/** Why one cannot be in a call of others at this moment. */
function obstacleOf({ agent, interactions, offers }: DeskState): 'noPhone' | 'ownWork' | null {
  if (!agent) return 'noPhone';
  if (interactions.length > 0 || offers.length > 0) return 'ownWork';
  const state = floorState(agent);
  return state === 'notReachable' || state === 'signedOut' ? 'noPhone' : null;
}
