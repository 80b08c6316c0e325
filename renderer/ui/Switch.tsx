import { Switch as Base } from '@base-ui/react/switch';
import './switch.css';

export function Switch({
  label,
  isOn,
  isOff = false,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly isOff?: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <span className="switch-line">
      <Base.Root className="switch" aria-label={label} checked={isOn} disabled={isOff} onCheckedChange={onChange}>
        <Base.Thumb className="switch-thumb" />
      </Base.Root>
      <span aria-hidden="true">{label}</span>
    </span>
  );
}
