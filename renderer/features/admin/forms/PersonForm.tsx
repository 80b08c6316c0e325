import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { AgentPhone, UserConfiguration } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { type LoginFailure, proposedId, valueAt } from '../../../stores/index.ts';
import { Button, IconButton } from '../../../ui/index.ts';
import { blankAgent } from '../blank.ts';
import { Check, Choice, fieldsOf, Line, Part, useOptions } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { SetPassword } from '../SetPassword.tsx';
import { SecretFields } from './SecretFields.tsx';

const u = fieldsOf<UserConfiguration>();

export function PersonForm({ onSetPassword }: { onSetPassword(userId: string, password: string): Promise<LoginFailure | null> }) {
  const { t } = useText();
  const { entry, configuration, isNew, isReadOnly, put } = useForm();
  const user = entry as UserConfiguration;
  const roles = useOptions('roles');
  const offices = useOptions('orgUnits');
  const teams = useOptions('teams');
  const capacities = useOptions('capacities');
  const queues = useOptions('queues');
  const [isSetting, setIsSetting] = useState(false);

  const others = configuration.users.filter((other) => other !== user);
  const proposed = (name: string) =>
    proposedId(
      'users',
      name,
      others.map((other) => other.id),
    );
  const named = (name: string) => {
    put('name', name);
    if (!isNew) return;
    const before = proposed(user.name);
    const now = proposed(name);
    for (const field of ['id', 'username', 'agent/id']) {
      const own = valueAt(user, field);
      if (own !== undefined && (own === '' || own === before)) put(field, now);
    }
  };

  return (
    <>
      <Part title={t('admin.part.account')}>
        <u.Line at="name" onChange={named} />
        <u.Line at="username" isCode />
        <u.Line at="id" isCode isFixed={!isNew} {...(isNew ? { hint: t('admin.entry.idHint') } : {})} />
        <u.Choice at="role" options={roles} />
        <u.Choice at="orgUnit" options={offices} none={t('admin.nobody')} />
        <u.Choice at="locale" options={(['en', 'zh'] as const).map((value) => ({ value, label: t(`value.locale.${value}`) }))} />
        <div className="is-wide row">
          <Button size="small" disabled={isNew || isReadOnly} onClick={() => setIsSetting(true)}>
            {t('admin.users.setPassword')}
          </Button>
          {isNew ? <span className="small text-3">{t('admin.users.setPassword.later')}</span> : null}
          <SetPassword
            name={user.name}
            isOpen={isSetting}
            onClose={() => setIsSetting(false)}
            onSet={(password) => onSetPassword(user.id, password)}
          />
        </div>
      </Part>
      <Part title={t('admin.part.agent')}>
        <div className="is-wide">
          <Check
            at="agent"
            label={t('admin.users.agent.on')}
            isOn={user.agent !== null}
            onChange={(isOn) => put('agent', isOn ? blankAgent(user.id, capacities[0]?.value ?? '', configuration) : null)}
          />
        </div>
        {user.agent ? (
          <>
            <u.Line at="agent/extension" />
            <u.Choice at="agent/team" options={teams} none={t('admin.nobody')} />
            <u.Choice at="agent/capacity" options={capacities} />
            <u.Quantity at="agent/weight" hint={t('admin.users.agent.weight.hint')} />
            <Line at="agent/shownNumber" isCode onChange={(value) => put('agent/shownNumber', value === '' ? undefined : value)} />
            <u.Line at="agent/id" isCode isFixed={!isNew} />
          </>
        ) : null}
      </Part>
      {user.agent ? (
        <>
          <Part title={t('admin.part.skills')}>
            <Levels />
            <u.Several at="agent/leftQueues" options={queues} none={t('admin.users.agent.leftQueues.none')} />
          </Part>
          <Part title={t('admin.part.phone')}>
            <PhoneFields />
          </Part>
        </>
      ) : null}
    </>
  );
}

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Skills with their levels. */
function Levels() {
  const { t } = useText();
  const { value, put, isReadOnly, id, label, mistake } = useField<Readonly<Record<string, number>>>('agent/skills');
  const skills = useOptions('skills');
  const has = Object.keys(value);
  const free = skills.filter((skill) => !has.includes(skill.value));
  const nameOf = (skill: string) => skills.find((each) => each.value === skill)?.label ?? skill;
  return (
    <fieldset className="admin-several is-wide" id={id}>
      <legend className="sr-only">{label}</legend>
      {has.length === 0 ? <p className="small text-3">{t('admin.users.agent.skills.none')}</p> : null}
      <ul className="admin-levels">
        {has.map((skill) => (
          <Level
            key={skill}
            skill={skill}
            name={nameOf(skill)}
            onTake={() => {
              const { [skill]: _gone, ...others } = value;
              put(others);
            }}
          />
        ))}
      </ul>
      {isReadOnly || free.length === 0 ? null : (
        <div className="field admin-control admin-add">
          <Plus className="icon text-3" aria-hidden="true" />
          <select
            aria-label={t('admin.users.agent.skills.add')}
            value=""
            onChange={({ target }) => target.value !== '' && put({ ...value, [target.value]: 5 })}
          >
            <option value="">{t('admin.users.agent.skills.add')}</option>
            {free.map((skill) => (
              <option key={skill.value} value={skill.value}>
                {skill.label}
              </option>
            ))}
          </select>
        </div>
      )}
      {mistake ? <p className="field-problem small">{mistake}</p> : null}
    </fieldset>
  );
}

function Level({ skill, name, onTake }: { readonly skill: string; readonly name: string; onTake(): void }) {
  const { t } = useText();
  const { value, put, id, isReadOnly, mistake } = useField<number>(`agent/skills/${skill}`);
  return (
    <li className="admin-level">
      <span className="grow whole">{name}</span>
      <span className="field admin-control">
        <select
          id={id}
          aria-label={t('admin.users.agent.skills.level', { skill: name })}
          value={value}
          disabled={isReadOnly}
          aria-invalid={mistake ? true : undefined}
          onChange={({ target }) => put(Number(target.value))}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </select>
      </span>
      {isReadOnly ? null : <IconButton icon={X} label={t('admin.users.agent.skills.remove', { skill: name })} onClick={onTake} />}
      {mistake ? <p className="field-problem small is-wide">{mistake}</p> : null}
    </li>
  );
}

function PhoneFields() {
  const { t } = useText();
  const { value, put } = useField<AgentPhone>('agent/phone');
  const start: Readonly<Record<string, AgentPhone>> = {
    desktop: { kind: 'desktop' },
    registered: { kind: 'registered', password: { env: '' } },
    address: { kind: 'address', uri: '' },
  };
  return (
    <>
      <Choice
        at="agent/phone/kind"
        options={(['desktop', 'registered', 'address'] as const).map((kind) => ({ value: kind, label: t(`value.phone.${kind}`) }))}
        onChange={(kind) => put(start[kind] ?? value)}
      />
      {value.kind === 'registered' ? <SecretFields at="agent/phone/password" /> : null}
      {value.kind === 'address' ? <Line at="agent/phone/uri" isCode hint={t('admin.users.agent.phone.uri.hint')} /> : null}
      {value.kind === 'desktop' ? null : (
        <Check
          at="agent/phone/answersItself"
          isOn={value.answersItself === true}
          onChange={(isOn) => {
            const { answersItself: _before, ...phone } = value;
            put(isOn ? { ...phone, answersItself: true } : phone);
          }}
        />
      )}
    </>
  );
}
