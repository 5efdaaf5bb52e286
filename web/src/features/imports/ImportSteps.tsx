const steps = ['File', 'Columns', 'Check', 'Import'] as const;

/** Where in the import the person is, counted from 1. */
export function ImportSteps({ current }: { readonly current: number }) {
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((name, index) => (
        <li
          key={name}
          className="steps__step"
          data-done={index + 1 < current}
          aria-current={index + 1 === current ? 'step' : undefined}
        >
          <span className="steps__number" aria-hidden="true">
            {index + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
