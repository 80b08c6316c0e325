import { Plus, Trash2 } from 'lucide-react';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { maxTakeOverRules, type TakeOverRule } from '../../../../shared/contracts/ivr/take-over.ts';
import { useText } from '../../../i18n/index.ts';
import { Button, IconButton } from '../../../ui/index.ts';
import { Line, Part } from '../fields.tsx';
import { useField, useForm } from '../form.ts';

/** What calls of this trunk bring along, header by header; without any rule nothing is said of it. */
export function TakenOver() {
  const { t } = useText();
  const form = useForm();
  const { value, isReadOnly, id, mistake } = useField<Configuration['trunks'][number]['takesOver']>('takesOver');
  const rules = value ?? [];
  const isFull = rules.length >= maxTakeOverRules;
  const put = (wanted: readonly TakeOverRule[]) => form.put('takesOver', wanted.length === 0 ? undefined : wanted);
  return (
    <Part title={t('admin.trunks.takesOver')} note={t('admin.trunks.takesOver.note')}>
      <ul className="is-wide admin-holidays" id={id} aria-describedby={mistake ? `${id}-mistake` : undefined}>
        {rules.map((rule, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule being typed is its place in the list.
          <li key={n} className="admin-holiday admin-taken-over">
            <Line at={`takesOver/${n}/header`} isCode />
            <Line at={`takesOver/${n}/as`} isCode />
            <Line at={`takesOver/${n}/pick`} isCode onChange={(pick) => form.put(`takesOver/${n}/pick`, pick === '' ? undefined : pick)} />
            {isReadOnly ? null : (
              <IconButton
                icon={Trash2}
                label={t('admin.trunks.takesOver.remove', { name: rule.as || rule.header })}
                onClick={() => put(rules.filter((_each, at) => at !== n))}
              />
            )}
          </li>
        ))}
      </ul>
      {mistake ? (
        <p id={`${id}-mistake`} className="field-problem small">
          {mistake}
        </p>
      ) : null}
      {isReadOnly ? null : (
        <div className="row is-wide">
          <Button size="small" icon={Plus} disabled={isFull} onClick={() => put([...rules, { header: '', as: '' }])}>
            {t('admin.trunks.takesOver.add')}
          </Button>
          {isFull ? <span className="small text-3">{t('admin.trunks.takesOver.full')}</span> : null}
        </div>
      )}
    </Part>
  );
}
