import { type CSSProperties, type ReactNode, useState } from 'react';
import { Button } from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';
import { tokenNames } from './token-names.ts';

const token = (name: string) => `var(--${name})`;

/** What every part is made of: type, space, colour, depth, focus and motion. */
export function Tokens() {
  const say = useSay();
  const sentence = say('The November bill, £1,284.00', '十一月账单 ¥11,284.00');
  return (
    <>
      <Part name={say('Type scale', '字号')}>
        <ul className="gallery-tokens">
          {tokenNames.type.map((step) => (
            <Sample key={step} names={[`fs-${step}`, `lh-${step}`]}>
              <span className="figures" style={{ fontSize: token(`fs-${step}`), lineHeight: token(`lh-${step}`) }}>
                {sentence}
              </span>
            </Sample>
          ))}
          {tokenNames.weights.map((name) => (
            <Sample key={name} names={[name]}>
              <span style={{ fontWeight: token(name) }}>{sentence}</span>
            </Sample>
          ))}
          <Sample names={['font-sans', 'track-tight']}>
            <span style={{ fontFamily: token('font-sans'), letterSpacing: token('track-tight') }}>{sentence}</span>
          </Sample>
          <Sample names={['font-mono']}>
            <span style={{ fontFamily: token('font-mono') }}>sip:6013@crosspoint</span>
          </Sample>
        </ul>
      </Part>
      <Part name={say('Space and the fixed frame', '间距与固定尺寸')}>
        <ul className="gallery-tokens">
          {[...tokenNames.space, ...tokenNames.frame].map((name) => (
            <Sample key={name} names={[name]}>
              <span className="gallery-length" style={{ width: token(name) }} />
            </Sample>
          ))}
        </ul>
      </Part>
      <Part name={say('Shape and depth', '圆角与阴影')}>
        <ul className="gallery-swatches">
          {tokenNames.shape.map((name) => (
            <Swatch key={name} name={name} style={{ borderRadius: token(name), background: token('surface-press') }} />
          ))}
          {tokenNames.shadows.map((name) => (
            <Swatch key={name} name={name} style={{ boxShadow: token(name), background: token('raised') }} />
          ))}
        </ul>
      </Part>
      <Part name={say('Colour', '颜色')}>
        {(['ground', 'text', 'accent', 'states', 'charts', 'paper'] as const).map((group) => (
          <ul key={group} className={group === 'states' ? 'gallery-swatches is-by-five' : 'gallery-swatches'}>
            {tokenNames[group].map((name) => (
              <Swatch key={name} name={name} style={{ background: token(name) }} />
            ))}
          </ul>
        ))}
      </Part>
      <Part name={say('Focus', '焦点')}>
        <Button className="as-focus">{say('Has the keyboard', '键盘焦点')}</Button>
        <Button kind="primary" className="as-focus">
          {say('Has the keyboard', '键盘焦点')}
        </Button>
      </Part>
      <Part name={say('Motion', '动效')}>
        <Motion />
      </Part>
    </>
  );
}

function Sample({ names, children }: { readonly names: readonly string[]; readonly children: ReactNode }) {
  return (
    <li>
      <code className="small text-3">{names.map((name) => `--${name}`).join(' / ')}</code>
      {children}
    </li>
  );
}

function Swatch({ name, style }: { readonly name: string; readonly style: CSSProperties }) {
  return (
    <li>
      <span className="gallery-swatch" style={style} />
      <code className="micro text-3">--{name}</code>
    </li>
  );
}

/** Pressed, the marks go to the other end, each in its own time. */
function Motion() {
  const say = useSay();
  const [isThere, setIsThere] = useState(false);
  const pairs = [
    ...tokenNames.times.map((time) => [time, 'ease-out'] as const),
    ...tokenNames.easings.slice(1).map((easing) => ['t-slow', easing] as const),
  ];
  return (
    <>
      <Button onClick={() => setIsThere(!isThere)}>{say('Move', '播放')}</Button>
      <ul className="gallery-tokens">
        {pairs.map(([time, easing]) => (
          <Sample key={`${time} ${easing}`} names={[time, easing]}>
            <span className="gallery-way">
              <span
                className={isThere ? 'gallery-mover is-there' : 'gallery-mover'}
                style={{ transitionDuration: token(time), transitionTimingFunction: token(easing) }}
              />
            </span>
          </Sample>
        ))}
      </ul>
    </>
  );
}
