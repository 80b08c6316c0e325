import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { AgentRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import { type BoardPanel, floorState, type Stores } from '../../stores/index.ts';
import { Button, Chip, Dialog, Facts, Menu, MenuItem, Section } from '../../ui/index.ts';
import { Clock } from './Clock.tsx';
import type { BoardDeeds, ChosenPresence } from './deeds.ts';
import { Give } from './Give.tsx';
import { PanelHead } from './PanelHead.tsx';
import { Release } from './Release.tsx';
import { SkillsForm } from './SkillsForm.tsx';
import { Supervise } from './Supervise.tsx';
import { WhyList } from './WhyList.tsx';
import { causeText, doingText, floorTones, isOfferedWritten, nameIn, queueName, skillText } from './words.ts';

export interface AgentPanelProps {
  readonly stores: Stores;
  readonly deeds: BoardDeeds;
  readonly panel: Extract<BoardPanel, { kind: 'agent' }>;
  /** With what they ask for help. */
  readonly help: ReactNode;
}

/** One person: what they do, why they get nothing, and what a supervisor can change. */
export function AgentPanel({ stores, deeds, panel, help }: AgentPanelProps) {
  const text = useText();
  const { t, formats } = text;
  const state = useStore(stores.board);
  const isSupervisor = useStore(stores.desk, (desk) => desk.user?.rights.includes('agent:supervise') === true);
  const { board, names } = state;
  const agent = board?.agents.find(({ agentId }) => agentId === panel.agentId);
  if (!board || !agent)
    return (
      <>
        <PanelHead deeds={deeds}>{t('board.people')}</PanelHead>
        <p className="board-loading text-3">{t('board.agent.gone')}</p>
      </>
    );
  const tone = floorTones[floorState(agent)];
  if (panel.isEditing)
    return (
      <>
        <PanelHead deeds={{ ...deeds, back: () => deeds.editAgent(false) }}>{agent.name}</PanelHead>
        <SkillsForm stores={stores} deeds={deeds} agent={agent} />
      </>
    );
  return (
    <>
      <PanelHead deeds={deeds} more={<span className="small text-3">{t('board.agent.extension', { extension: agent.extension })}</span>}>
        {agent.name}
      </PanelHead>
      <div className="board-side-body">
        {help}
        <Section>
          <p className="row">
            <Chip tone={tone}>{doingText(text, agent, board, names)}</Chip>
            {floorState(agent) === 'signedOut' ? null : (
              <span className="small text-3 figures">
                <Clock stores={stores} since={agent.since} />
              </span>
            )}
          </p>
          {isSupervisor ? <PresenceDeeds stores={stores} deeds={deeds} agent={agent} /> : null}
        </Section>
        {agent.works.length > 0 ? (
          <Section title={t('board.agent.inHand')}>
            <ul className="agent-works" aria-label={t('board.agent.inHand')}>
              {agent.works.map((work) => (
                <li key={work.interactionId}>
                  <div className="agent-work">
                    <span className="agent-work-what grow">
                      <span className="medium cut">
                        {t(isOfferedWritten(work) ? 'board.work.offeredWritten' : `board.work.${work.state}`)}
                      </span>{' '}
                      <span className="small text-3 cut">{queueName(board, work.queueId, text)}</span>
                    </span>
                    <span className="small figures text-3">
                      <Clock stores={stores} since={work.since} />
                    </span>
                    {isSupervisor && work.channel !== 'voice' ? (
                      <Give
                        stores={stores}
                        deeds={deeds}
                        contact={{ ...work, agentId: agent.agentId, agentName: work.state === 'reserved' ? null : agent.name, who: null }}
                        isShort
                      />
                    ) : null}
                    {isSupervisor ? (
                      <Release
                        stores={stores}
                        deeds={deeds}
                        interactionId={work.interactionId}
                        isConversation={work.state === 'engaged'}
                        isWritten={work.channel !== 'voice'}
                        agent={agent.name}
                        queue={queueName(board, work.queueId, text)}
                      />
                    ) : null}
                  </div>
                  {work.channel === 'voice' && work.state === 'engaged' ? (
                    <Supervise stores={stores} deeds={deeds} agent={agent} interactionId={work.interactionId} />
                  ) : null}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Section title={t('board.why.nothing', { who: agent.name })}>
          <WhyList answer={panel.why} state={state} about={agent.name} />
        </Section>
        <Section
          title={t('board.agent.skills')}
          more={
            isSupervisor ? (
              <Button size="small" kind="quiet" onClick={() => deeds.editAgent(true)}>
                {t('board.agent.edit')}
              </Button>
            ) : undefined
          }
        >
          <p className="agent-chips">
            {agent.skills.length === 0 ? <span className="text-3">{t('board.agent.noSkills')}</span> : null}
            {agent.skills.map(({ skill, level }) => (
              <Chip key={skill}>{t('why.level', { skill: skillText(text, names, skill), level })}</Chip>
            ))}
          </p>
          <p className="agent-chips">
            {agent.queueIds.map((queueId) => (
              <Chip key={queueId} tone="outlined">
                {queueName(board, queueId, text)}
              </Chip>
            ))}
            {agent.leftQueueIds.map((queueId) => (
              <Chip key={queueId} tone="waiting">
                {queueName(board, queueId, text)} · {t('board.agent.takenOut')}
              </Chip>
            ))}
          </p>
        </Section>
        <Section>
          <Facts
            facts={[
              [t('board.agent.handled'), formats.number(agent.handledToday)],
              [
                t('board.column.satisfaction'),
                agent.satisfactionToday.average === null
                  ? t('board.none')
                  : `${formats.decimal(agent.satisfactionToday.average)} (${formats.number(agent.satisfactionToday.count)})`,
              ],
              ...(agent.teamId === null ? [] : [[t('board.agent.team'), nameIn(names.teams, agent.teamId, text)] as const]),
              ...(agent.orgUnitId === null ? [] : [[t('board.agent.office'), nameIn(names.orgUnits, agent.orgUnitId, text)] as const]),
              ...(agent.lastMissed === null
                ? []
                : [
                    [
                      t('board.agent.missed'),
                      t('board.agent.missedAt', {
                        time: formats.timeOfDay(agent.lastMissed.at),
                        cause: causeText(text, agent.lastMissed.cause),
                      }),
                    ] as const,
                  ]),
            ]}
          />
        </Section>
      </div>
    </>
  );
}

function PresenceDeeds({ stores, deeds, agent }: Omit<AgentPanelProps, 'panel' | 'help'> & { readonly agent: AgentRow }) {
  const text = useText();
  const { t, formats } = text;
  const names = useStore(stores.board, (state) => state.names);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('floor'));
  const [isAsking, setIsAsking] = useState(false);
  const reasons = names.reasons.map(({ id, name }) => ({ id, label: name[formats.language] }));
  const set = (presence: ChosenPresence) => deeds.setPresence({ agentId: agent.agentId, set: presence });
  const isTalking = agent.works.some(({ state }) => state === 'engaged');
  return (
    <div className="board-deeds">
      <Button size="small" disabled={isBusy || agent.presence === 'available'} onClick={() => set({ presence: 'available' })}>
        {t('board.agent.setAvailable')}
      </Button>
      <Menu
        trigger={
          <Button size="small" disabled={isBusy}>
            {t('board.agent.setNotReady')}
          </Button>
        }
      >
        {reasons.map(({ id, label }) => (
          <MenuItem
            key={id}
            label={label}
            isChosen={agent.presence === 'notReady' && agent.notReadyReason === id}
            onChoose={() => set({ presence: 'notReady', reason: id })}
          />
        ))}
      </Menu>
      <Button
        size="small"
        disabled={isBusy || agent.presence === 'loggedOut'}
        onClick={() => (isTalking ? setIsAsking(true) : set({ presence: 'loggedOut' }))}
      >
        {t('board.agent.signOut')}
      </Button>
      <Dialog
        title={t('board.agent.signOut.title', { agent: agent.name })}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>{t('board.cancel')}</Button>
            <Button
              kind="end"
              onClick={() => {
                setIsAsking(false);
                set({ presence: 'loggedOut' });
              }}
            >
              {t('board.agent.signOut')}
            </Button>
          </>
        }
      >
        <p className="dialog-body">{t('board.agent.signOut.text', { agent: agent.name })}</p>
      </Dialog>
    </div>
  );
}
