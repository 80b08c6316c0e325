import { numberForms, plainCallingRule, shownAs, srtpUses, trunkCodecs, trunkDirections } from '../../../../shared/contracts/calling.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { rights } from '../../../../shared/contracts/rights.ts';
import { useText } from '../../../i18n/index.ts';
import { Check, fieldsOf, Part } from '../fields.tsx';
import { useForm } from '../form.ts';
import { Naming } from './Naming.tsx';
import { SecretFields } from './SecretFields.tsx';
import { TakenOver } from './TakenOver.tsx';

/** The lines to the telephone network, and who may call over them. */

type Trunk = Configuration['trunks'][number];
type Role = Configuration['roles'][number];
const trunk = fieldsOf<Trunk>();
const role = fieldsOf<Role>();

export function TrunkForm() {
  const { t } = useText();
  const form = useForm();
  const entry = form.entry as Trunk;
  const forms = numberForms.map((name) => ({ value: name, label: t(`value.numberForm.${name}`) }));
  return (
    <>
      <Naming />
      <Part title={t('admin.part.address')}>
        <trunk.Line at="host" isCode />
        <trunk.Quantity at="port" />
        <trunk.Choice at="transport" options={['udp', 'tcp', 'tls'].map((name) => ({ value: name, label: name.toUpperCase() }))} />
        <trunk.Choice at="srtp" options={srtpUses.map((use) => ({ value: use, label: t(`value.srtp.${use}`) }))} />
        <trunk.Quantity at="pingSeconds" unit={t('admin.seconds')} none={t('admin.trunks.pingSeconds.none')} />
        <trunk.Listed at="sources" hint={t('admin.trunks.sources.hint')} />
      </Part>
      <Part title={t('admin.part.signIn')}>
        <trunk.Line at="username" isCode emptyIs={null} />
        <SecretFields at="password" mayBeNone />
        <Check
          at="register"
          isOn={entry.register !== null}
          onChange={(isOn) => form.put('register', isOn ? { registrar: null, expiresSeconds: 300 } : null)}
        />
        {entry.register === null ? null : (
          <>
            <trunk.Line at="register/registrar" isCode emptyIs={null} hint={t('admin.trunks.register.registrar.hint')} />
            <trunk.Quantity at="register/expiresSeconds" unit={t('admin.seconds')} />
          </>
        )}
      </Part>
      <Part title={t('admin.part.calls')} note={t('admin.trunks.calls.note')}>
        <trunk.Choice at="direction" options={trunkDirections.map((name) => ({ value: name, label: t(`value.direction.${name}`) }))} />
        <trunk.Quantity at="maxChannels" none={t('admin.trunks.maxChannels.none')} />
        <trunk.Quantity at="priority" />
        <trunk.Quantity at="weight" />
        <trunk.Listed at="carries" hint={t('admin.ranges.hint')} />
        <trunk.Several
          at="codecs"
          options={trunkCodecs.map((name) => ({ value: name, label: t(`value.codec.${name}`) }))}
          hint={t('admin.trunks.codecs.hint')}
        />
      </Part>
      <Part title={t('admin.part.numbersOut')} note={t('admin.trunks.numbers.note')}>
        <trunk.Choice at="numbersOut/form" options={forms} />
        <trunk.Quantity at="numbersOut/strip" />
        <trunk.Line at="numbersOut/prefix" isCode />
        <trunk.Choice at="callerId/shows" options={shownAs.map((name) => ({ value: name, label: t(`value.shownAs.${name}`) }))} />
        <trunk.Line at="callerId/number" isCode emptyIs={null} />
        <trunk.Check at="trustsIdentity" />
      </Part>
      <Part title={t('admin.part.numbersIn')}>
        <trunk.Choice at="numbersIn/form" options={forms} />
        <trunk.Quantity at="numbersIn/strip" />
        <trunk.Line at="numbersIn/prefix" isCode />
      </Part>
      <TakenOver />
    </>
  );
}

export function RoleForm() {
  const { t } = useText();
  const form = useForm();
  const entry = form.entry as Role;
  const own = () => ({ ...plainCallingRule, allowed: [...plainCallingRule.allowed], blocked: [...plainCallingRule.blocked] });
  return (
    <>
      <Naming />
      <Part title={t('admin.part.rights')}>
        <role.Several at="rights" isLabelHidden options={rights.map((right) => ({ value: right, label: t(`value.right.${right}`) }))} />
      </Part>
      {entry.rights.includes('call:dial-out') ? (
        <Part title={t('admin.part.calling')} note={t('admin.roles.calling.note')}>
          <Check at="calling" isOn={entry.calling !== undefined} onChange={(isOn) => form.put('calling', isOn ? own() : undefined)} />
          {entry.calling === undefined ? null : (
            <>
              <role.Listed at={'calling/allowed' as 'rights'} hint={t('admin.ranges.hint')} />
              <role.Listed at={'calling/blocked' as 'rights'} />
              <role.Check at={'calling/premium' as 'calling'} />
              <role.Quantity at={'calling/callsPerHour' as never} none={t('admin.roles.calling.callsPerHour.none')} />
            </>
          )}
        </Part>
      ) : null}
    </>
  );
}
