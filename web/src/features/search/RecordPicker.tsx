import type { SearchResult, SearchType } from '@splitline/functions/contracts';
import { useState } from 'react';
import type { Rest } from '../../data/port.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { detailOf, statusOf, useSearch } from './useSearch.ts';

interface RecordPickerProps {
  readonly rest: Rest;
  readonly type: SearchType;
  readonly label: string;
  /** Records that cannot be chosen. */
  readonly except: readonly string[];
  readonly onPick: (result: SearchResult) => void;
  readonly isFocused?: boolean;
}

const LIMIT = 10;

/** Finds one record by what it is called. */
export function RecordPicker({ rest, type, label, except, onPick, ...rest2 }: RecordPickerProps) {
  const [text, setText] = useState('');
  const found = useSearch(rest, text, type, LIMIT);
  const results = found.results.filter(({ id }) => !except.includes(id));
  return (
    <Combobox
      {...rest2}
      label={label}
      placeholder={label}
      text={text}
      onText={setText}
      options={results.map((result) => ({
        ...{ id: result.id, label: result.name, detail: detailOf(result) },
      }))}
      status={statusOf(text, { ...found, results })}
      onChoose={(id) => {
        const picked = results.find((result) => result.id === id);
        if (picked !== undefined) onPick(picked);
      }}
    />
  );
}
