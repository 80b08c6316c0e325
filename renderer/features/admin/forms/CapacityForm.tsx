import { type CapacityProfile, queueChannels } from '../../../../shared/contracts/configuration.ts';
import { useText } from '../../../i18n/index.ts';
import { Check, Part, Quantity, Several } from '../fields.tsx';
import { useForm } from '../form.ts';
import { Naming } from './Naming.tsx';

export function CapacityForm() {
  const { t } = useText();
  const { entry, put, mistakes } = useForm();
  const { channels } = entry as CapacityProfile;
  return (
    <>
      <Naming />
      <Part title={t('admin.part.channels')} note={t('admin.capacities.explain')}>
        {mistakes.get('channels') ? <p className="field-problem small is-wide">{mistakes.get('channels')}</p> : null}
        {queueChannels.map((channel) => (
          <fieldset key={channel} className="admin-several is-wide admin-channel">
            <legend className="sr-only">{t(`value.channel.${channel}`)}</legend>
            <Check
              at={`channels/${channel}`}
              label={t(`value.channel.${channel}`)}
              isOn={channels[channel] !== undefined}
              onChange={(isOn) => put(`channels/${channel}`, isOn ? { max: 1, weight: 100, interrupts: [] } : undefined)}
            />
            {channels[channel] ? (
              <div className="admin-grid">
                <Quantity at={`channels/${channel}/max`} label={t('admin.capacities.channels.max')} />
                <Quantity at={`channels/${channel}/weight`} label={t('admin.capacities.channels.weight')} />
                <Several
                  at={`channels/${channel}/interrupts`}
                  label={t('admin.capacities.channels.interrupts')}
                  options={queueChannels
                    .filter((other) => other !== channel)
                    .map((other) => ({ value: other, label: t(`value.channel.${other}`) }))}
                />
              </div>
            ) : null}
          </fieldset>
        ))}
      </Part>
    </>
  );
}
