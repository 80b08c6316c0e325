import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { maxTakeOverRules, type TakeOverRule } from '../../../../shared/contracts/ivr/take-over.ts';
import { useText } from '../../../i18n/index.ts';
import { Line, Part } from '../fields.tsx';
import { useField, useForm } from '../form.ts';
import { RowList } from './RowList.tsx';

/** What calls of this trunk bring along, header by header; without any rule nothing is said of it. */
export function TakenOver() {
  const { t } = useText();
  const form = useForm();
  const { value, isReadOnly, id, mistake } = useField<Configuration['trunks'][number]['takesOver']>('takesOver');
  const rules = value ?? [];
  const put = (wanted: readonly TakeOverRule[]) => form.put('takesOver', wanted.length === 0 ? undefined : wanted);
  return (
    <Part title={t('admin.trunks.takesOver')} note={t('admin.trunks.takesOver.note')}>
      <RowList
        {...{ id, mistake, isReadOnly, put }}
        rows={rules}
        rowClass="admin-taken-over"
        fieldsOf={(_rule, n) => (
          <>
            <Line at={`takesOver/${n}/header`} isCode />
            <Line at={`takesOver/${n}/as`} isCode />
            <Line at={`takesOver/${n}/pick`} isCode onChange={(pick) => form.put(`takesOver/${n}/pick`, pick === '' ? undefined : pick)} />
          </>
        )}
        removeLabel={(rule) => t('admin.trunks.takesOver.remove', { name: rule.as || rule.header })}
        add={{ label: t('admin.trunks.takesOver.add'), row: { header: '', as: '' } }}
        full={rules.length >= maxTakeOverRules ? t('admin.trunks.takesOver.full') : null}
      />
    </Part>
  );
}
