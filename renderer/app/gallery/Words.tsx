import { Check, Star, X } from 'lucide-react';
import { Avatar, Badge, Certainty, Chip, Dot, Mark, Marked, TelLink, TelLinksActive } from '../../ui/index.ts';
import { tones } from './CallParts.tsx';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

export function Words() {
  const say = useSay();
  const words = {
    ready: say('Free', '空闲'),
    waiting: say('On hold', '保持中'),
    talking: say('Talking', '通话中'),
    finishing: say('Wrap-up', '话后处理'),
    away: say('Not ready', '忙碌'),
    broken: say('Overdue', '已逾期'),
  };
  return (
    <>
      <Part name="Chip, Badge, Dot">
        <Chip>{say('Plain', '普通')}</Chip>
        <Chip tone="outlined" icon={Star}>
          {say('Key account · Diamond', '大客户 · 钻石卡')}
        </Chip>
        <Chip tone="accent">{say('New', '新')}</Chip>
        {tones.map((tone) => (
          <Chip key={tone} tone={tone} icon={tone === 'broken' ? X : Check}>
            {words[tone]}
          </Chip>
        ))}
        <Badge count={2} />
        <Badge count={12} isAccent />
        <span className="gallery-row">
          {tones.map((tone) => (
            <Dot key={tone} tone={tone} />
          ))}
        </span>
      </Part>
      <Part name="Avatar, Certainty, Mark, Marked, TelLink">
        <Avatar name="Margaret Okafor" size="large" />
        <Avatar name="陈志远" size="large" />
        <Avatar name={null} size="large" />
        <Avatar name="Lena Hartmann" />
        <Avatar name="林晓月" size="small" />
        <Certainty level="certain">{say('Certain match', '确定匹配')}</Certainty>
        <Certainty level="likely">{say('Possible match', '可能匹配')}</Certainty>
        <Certainty level="unknown">{say('No match', '未匹配')}</Certainty>
        <Mark />
        <span>
          <Marked text={say('Roaming credit, full', '漫游费减免，全额')} typed={say('credit', '减免')} />
        </span>
        <TelLink
          number="+447700900142"
          text={say('+44 7700 900142', '138 0013 8000')}
          label={say('Call +44 7700 900142', '呼叫 138 0013 8000')}
        />
        <TelLinksActive value={false}>
          <TelLink number="+447700900142" text={say('+44 7700 900142', '138 0013 8000')} label={say('Call', '呼叫')} />
        </TelLinksActive>
      </Part>
    </>
  );
}
