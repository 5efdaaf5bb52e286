import type { SearchResult, SearchType, User } from '@splitline/functions/contracts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Rest } from '../../data/port.ts';
import { Combobox, type ComboboxOption } from '../../ui/Combobox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { commandsFor } from './commands.ts';
import { detailOf, kindNames, statusOf, useSearch } from './useSearch.ts';

interface CommandPaletteProps {
  readonly rest: Rest;
  readonly role: User['role'];
  readonly onClose: () => void;
}

const TYPES = 'deal,contact,company,lead';
const LIMIT = 6;
const paths: Readonly<Record<SearchType, string>> = {
  ...{ deal: '/deals', contact: '/contacts', company: '/companies', lead: '/leads' },
};

/** Goes anywhere by typing: to a page, or to the record that was found. */
export default function CommandPalette({ rest, role, onClose }: CommandPaletteProps) {
  const [text, setText] = useState('');
  const [, navigate] = useLocation();
  const found = useSearch(rest, text, TYPES, LIMIT);
  const targets = [...found.results.map(toTarget), ...commandsFor(role, text).map(toCommand)];
  return (
    <Dialog title="Search or go to" onClose={onClose}>
      <Combobox
        label="Search deals, contacts, companies and leads, or a page"
        placeholder="Search, or type where to go…"
        text={text}
        onText={setText}
        options={targets}
        status={targets.length === 0 || found.problem ? statusOf(text, found) : undefined}
        isFocused
        onChoose={(id) => {
          const target = targets.find((one) => one.id === id);
          if (target === undefined) return;
          onClose();
          navigate(target.href);
        }}
      />
    </Dialog>
  );
}

type Target = ComboboxOption & { readonly href: string };

function toTarget(result: SearchResult): Target {
  const { type, id, name } = result;
  return {
    ...{ id: `${type} ${id}`, label: name, kind: kindNames[type] },
    ...{ detail: detailOf(result), href: `${paths[type]}/${id}` },
  };
}

function toCommand({ id, label, href }: { id: string; label: string; href: string }): Target {
  return { id, label, href, kind: 'Page' };
}
