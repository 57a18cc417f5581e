import './Skeleton.css'

/** Rows as high as those that will replace them. They appear only if that takes longer than a moment. */
export function SkeletonRows({ count = 4, label, avatar }: { count?: number; label: string; avatar?: boolean }) {
  return (
    <ul className="late" aria-busy="true" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        <li className="row row--skeleton" key={index}>
          {avatar && <span className="skeleton skeleton--avatar" />}
          <div className="row__main">
            <div className="skeleton skeleton--half" />
            <div className="skeleton skeleton--third" />
          </div>
        </li>
      ))}
    </ul>
  )
}
