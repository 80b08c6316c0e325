import { plainOrganisationCalling } from '../../../../shared/contracts/calling.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { stages } from '../../../../shared/contracts/record.ts';
import { useText } from '../../../i18n/index.ts';
import { Check, Choice, Line, Part, Quantity, Several, useOptions } from '../fields.tsx';
import { useForm } from '../form.ts';
import { entryName } from '../words.ts';
import { Naming } from './Naming.tsx';
import { ScoresForm } from './ScoresForm.tsx';
import { SecretFields } from './SecretFields.tsx';
import { useTimeZones } from './time-zones.ts';

/** The forms of few fields. */

export function OrganisationForm() {
  const { t, formats } = useText();
  const form = useForm();
  const zones = useTimeZones();
  const { homeCountry, calling } = form.configuration.organisation;
  const country = /^[A-Z]{2}$/.test(homeCountry) ? `${formats.country(homeCountry)}. ` : '';
  return (
    <>
      <Part title={t('admin.section.organisation')}>
        <Line at="name/en" />
        <Line at="name/zh" />
        <Line at="homeCountry" isCode hint={`${country}${t('admin.organisation.homeCountry.hint')}`} />
        <Choice at="timeZone" options={zones} />
      </Part>
      <Part title={t('admin.part.dialling')}>
        <Line at="dialling/outsidePrefix" isCode emptyIs={null} hint={t('admin.organisation.dialling.outsidePrefix.hint')} />
        <Line at="dialling/areaCode" isCode emptyIs={null} hint={t('admin.organisation.dialling.areaCode.hint')} />
      </Part>
      <Part title={t('admin.part.calling')} note={t('admin.organisation.calling.note')}>
        <Check
          at="calling"
          isOn={calling !== undefined}
          onChange={(isOn) => form.put('calling', isOn ? { ...plainOrganisationCalling } : undefined)}
        />
        {calling === undefined ? null : (
          <>
            <Quantity at="calling/callsPerHour" />
            <Quantity at="calling/callsAtOnce" />
          </>
        )}
      </Part>
      <Part title={t('admin.part.supervision')}>
        <Check
          at="hidesSupervision"
          isOn={form.configuration.organisation.hidesSupervision === true}
          onChange={(isOn) => form.put('hidesSupervision', isOn ? true : undefined)}
        />
      </Part>
      <ScoresForm />
    </>
  );
}

export function OfficeForm() {
  const { t } = useText();
  const own = (useForm().entry as { id: string }).id;
  const above = useOptions('orgUnits').filter((option) => option.value !== own);
  return (
    <>
      <Naming />
      <Part title={t('admin.section.orgUnits')}>
        <Choice
          at="tier"
          options={(['headquarters', 'province', 'city'] as const).map((tier) => ({ value: tier, label: t(`value.tier.${tier}`) }))}
        />
        <Choice at="parent" options={above} none={t('admin.nobody')} />
      </Part>
    </>
  );
}

export function TeamForm() {
  const { t } = useText();
  const offices = useOptions('orgUnits');
  return (
    <>
      <Naming />
      <Part title={t('admin.teams.orgUnit')}>
        <Choice at="orgUnit" options={offices} none={t('admin.nobody')} />
      </Part>
    </>
  );
}

export function OutcomeForm() {
  const text = useText();
  const { t } = text;
  const { entry, configuration, put } = useForm();
  const { code: own, usual } = entry as Configuration['dispositions'][number];
  const isUnder = (code: string): boolean => {
    const seen = new Set<string>();
    for (let at: string | null = code; at !== null && !seen.has(at); ) {
      if (at === own) return true;
      seen.add(at);
      at = configuration.dispositions.find((each) => each.code === at)?.parent ?? null;
    }
    return false;
  };
  const above = configuration.dispositions
    .filter(({ code }) => own === '' || !isUnder(code))
    .map((each) => ({ value: each.code, label: entryName(text, 'dispositions', each) }));
  return (
    <>
      <Naming />
      <Part title={t('admin.section.dispositions')}>
        <Choice at="parent" options={above} none={t('admin.nobody')} />
      </Part>
      <Part title={t('admin.dispositions.usual')} note={t('admin.dispositions.usual.note')}>
        <Check
          at="usual"
          isOn={usual !== undefined}
          onChange={(isOn) => put('usual', isOn ? { kind: 'promise', text: { en: '', zh: '' }, inDays: 1 } : undefined)}
        />
        {usual === undefined ? null : (
          <>
            <Choice
              at="usual/kind"
              options={(['callback', 'promise', 'task'] as const).map((kind) => ({ value: kind, label: t(`value.followUp.${kind}`) }))}
            />
            <Quantity at="usual/inDays" unit={t('admin.days')} />
            <Line at="usual/text/en" isWide />
            <Line at="usual/text/zh" isWide />
          </>
        )}
      </Part>
    </>
  );
}

export function ApiClientForm() {
  const { t } = useText();
  const roles = useOptions('roles');
  const offices = useOptions('orgUnits');
  return (
    <>
      <Naming />
      <Part title={t('admin.section.apiClients')} note={t('admin.apiClients.note')}>
        <Choice at="role" options={roles} />
        <Choice at="orgUnit" options={offices} none={t('admin.nobody')} />
        <SecretFields at="secret" />
      </Part>
    </>
  );
}

export function RetentionForm() {
  const { t } = useText();
  return (
    <>
      <Naming />
      <Part title={t('admin.section.retention')} note={t('admin.retention.note')}>
        <Quantity at="silentForDays" unit={t('admin.days')} />
        <Several at="stages" options={stages.map((stage) => ({ value: stage, label: t(`value.stage.${stage}`) }))} />
      </Part>
    </>
  );
}
