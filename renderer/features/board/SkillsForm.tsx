import { useState } from 'react';
import { useStore } from 'zustand';
import type { AgentRow } from '../../../shared/contracts/board.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Section, Switch } from '../../ui/index.ts';
import type { BoardDeeds } from './deeds.ts';
import { queueName, skillText } from './words.ts';

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Skills with their levels, and the queues that somebody is taken out of. Nothing applies until it is saved as a whole. */
export function SkillsForm({ stores, deeds, agent }: { readonly stores: Stores; readonly deeds: BoardDeeds; readonly agent: AgentRow }) {
  const text = useText();
  const { t } = text;
  const board = useStore(stores.board, (state) => state.board);
  const names = useStore(stores.board, (state) => state.names);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('floor'));
  const [skills, setSkills] = useState<Readonly<Record<string, number>>>(() =>
    Object.fromEntries(agent.skills.map(({ skill, level }) => [skill, level])),
  );
  const [left, setLeft] = useState<readonly string[]>(agent.leftQueueIds);
  const known = [...new Set([...names.skills.map(({ id }) => id), ...agent.skills.map(({ skill }) => skill)])];
  const queueIds = [...new Set([...agent.queueIds, ...agent.leftQueueIds])].toSorted(
    (a, b) =>
      (board?.queues.findIndex(({ queueId }) => queueId === a) ?? 0) - (board?.queues.findIndex(({ queueId }) => queueId === b) ?? 0),
  );

  return (
    <form
      className="skills-form"
      onSubmit={(event) => {
        event.preventDefault();
        deeds.setSkills({ agentId: agent.agentId, skills: { ...skills }, leftQueueIds: [...left] });
      }}
    >
      <div className="board-side-body">
        <Section title={t('board.agent.skills')}>
          {known.map((skill) => {
            const name = skillText(text, names, skill);
            return (
              <label key={skill} className="skill-line">
                <span className="grow whole">{name}</span>
                <select
                  className="skill-level"
                  aria-label={t('board.agent.level', { skill: name })}
                  value={skills[skill] ?? 0}
                  onChange={(event) => {
                    const level = Number(event.target.value);
                    const { [skill]: _before, ...others } = skills;
                    setSkills(level === 0 ? others : { ...others, [skill]: level });
                  }}
                >
                  <option value={0}>{t('board.agent.levelNone')}</option>
                  {levels.map((level) => (
                    <option key={level} value={level}>
                      {level}
                    </option>
                  ))}
                </select>
              </label>
            );
          })}
        </Section>
        <Section title={t('board.agent.queues')}>
          <p className="small text-3">{t('board.agent.queuesNote')}</p>
          {queueIds.map((queueId) => (
            <div key={queueId} className="skill-line">
              <Switch
                label={queueName(board, queueId, text)}
                isOn={!left.includes(queueId)}
                onChange={(isIn) => setLeft(isIn ? left.filter((each) => each !== queueId) : [...left, queueId])}
              />
            </div>
          ))}
        </Section>
      </div>
      <div className="skills-form-foot">
        <Button onClick={() => deeds.editAgent(false)}>{t('board.cancel')}</Button>
        <Button type="submit" kind="primary" disabled={isBusy}>
          {isBusy ? t('board.agent.saving') : t('board.agent.save')}
        </Button>
      </div>
    </form>
  );
}
