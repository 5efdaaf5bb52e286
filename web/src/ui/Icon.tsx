const paths = {
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  down: 'M6 9l6 6 6-6',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5L20 20',
  menu: 'M4 7h16M4 12h16M4 17h16',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4',
  logo: 'M4 12h6l4.5-5.5H20M10 12l4.5 5.5H20',
  task: 'M4 5h16v14H4zM8 12l3 3 5-6',
  pipeline: 'M4 5h4v14H4zM10 5h4v10h-4zM16 5h4v6h-4z',
  dashboard: 'M4 20h16M7 16v-5M12 16V5M17 16V9',
  inbox: 'M4 5h16v11H9l-5 4z',
  contacts: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M5 20c.5-3.5 3.2-5 7-5s6.5 1.5 7 5',
  companies: 'M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3',
  leads: 'M4 5h16l-6 7.5V20l-4-2v-5.5z',
  earnings:
    'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 7.5v9M14.5 9.5c-1-1-5-1-5 .8 0 2.2 5 1.2 5 3.4 0 1.8-4 1.8-5 .8',
  disputes: 'M6 20V5h11l-2.5 4 2.5 4H6',
  payouts: 'M3 6h18v12H3zM3 10h18M7 14h3',
  plans: 'M6 18L18 6M7.5 5.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4M16.5 14.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  workflows: 'M13 3L5 14h6l-1 7 8-11h-6z',
  webhooks:
    'M10 14l4-4M8.5 11L6 13.5a3.5 3.5 0 0 0 5 5l2.5-2.5M15.5 13l2.5-2.5a3.5 3.5 0 0 0-5-5L10.5 8',
  import: 'M12 4v10M8 10l4 4 4-4M5 19h14',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing; the control around it carries the name. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
