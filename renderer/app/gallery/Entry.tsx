import { useState } from 'react';
import { Field, InPlace, Kbd, Select, TextArea } from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

const nothing = () => undefined;

export function Entry() {
  const say = useSay();
  const [channel, setChannel] = useState<'voice' | 'email'>('voice');
  const [city, setCity] = useState('');
  const name = say('Name', '姓名');
  const long = say(
    'A name so long that it does not fit into the line it stands on and is cut at its end',
    '这一行文字特别长，超出输入框的宽度后会在末尾被截断，不会撑开界面布局',
  );
  return (
    <>
      <Part name="Field, TextArea, Select">
        <Field label={name} placeholder={say('Nothing yet', '尚未填写')} />
        <Field label={name} defaultValue="lena.hartmann" />
        <Field label={name} defaultValue={long} />
        <Field label={name} defaultValue="lena.hartmann" disabled />
        <Field label={say('Search', '搜索')} defaultValue="okafor" after={<Kbd keys="Ctrl+F" />} />
        <Field
          label={say('Password', '密码')}
          type="password"
          defaultValue="secret"
          problem={say('That name and password do not fit together.', '用户名或密码不正确。')}
        />
        <Select
          label={say('Channel', '渠道')}
          value={channel}
          onChange={setChannel}
          choices={[
            { value: 'voice', label: say('Telephone', '电话') },
            { value: 'email', label: say('Email', '邮件') },
          ]}
        />
        <Select
          label={say('Channel, switched off', '渠道（停用）')}
          value="voice"
          onChange={nothing}
          disabled
          choices={[{ value: 'voice', label: say('Telephone', '电话') }]}
        />
        <TextArea
          aria-label={say('Notes', '备注')}
          defaultValue={say('Text one reads aloud or writes\nstands on a taller line.', '朗读或书写的文字\n行距更大。')}
          rows={3}
        />
        <TextArea aria-label={say('Notes, empty', '备注（空）')} placeholder={say('What was agreed', '约定内容')} rows={3} />
      </Part>
      <Part name="InPlace">
        <InPlace label={say('City', '城市')} value={city} empty={say('Not known', '未知')} onSave={setCity} />
        <InPlace label={say('Town of birth', '出生地')} value={say('Rotterdam', '苏州')} onSave={nothing} />
        <InPlace
          label={say('Stage', '阶段')}
          value="customer"
          shown={say('Customer', '客户')}
          choices={[
            { value: 'prospect', label: say('Prospect', '潜在客户') },
            { value: 'customer', label: say('Customer', '客户') },
          ]}
          onSave={nothing}
        />
        <InPlace
          label={say('Employees', '员工数')}
          value="120"
          kind="number"
          problemOf={(typed) => (/^\d+$/.test(typed) ? null : say('A whole number.', '请输入整数。'))}
          onSave={nothing}
        />
        <InPlace label={say('Number', '编号')} value="C-20418" isReadOnly onSave={nothing} />
      </Part>
    </>
  );
}
