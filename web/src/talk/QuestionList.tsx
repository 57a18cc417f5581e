import { useMemo } from 'react'
import { t } from '../texts'
import { Button } from '../ui/Button'
import { useFirstNew } from '../ui/useFirstNew'
import { QuestionRow, type QuestionRowProps } from './QuestionRow'
import type { Question } from './questions'

interface QuestionListProps extends Omit<QuestionRowProps, 'row'> {
  rows: Question[]
  /** Reads the next page, if there is one. */
  onMore: (() => void) | null
  loading: boolean
}

/** Shows the questions of a list, and a button for more of them. */
export function QuestionList({ rows, onMore, loading, ...props }: QuestionListProps) {
  const ids = rows.map(({ id }) => id).join(' ')
  const { list, expectMore } = useFirstNew<HTMLUListElement>(useMemo(() => ids.split(' '), [ids]))
  return (
    <>
      <ul className="questions" ref={list}>
        {rows.map((row) => (
          <QuestionRow key={row.id} row={row} {...props} />
        ))}
      </ul>
      {onMore && (
        <div className="questions__more">
          <Button
            kind="text"
            size="small"
            busy={loading}
            onClick={({ currentTarget }) => {
              expectMore(currentTarget)
              onMore()
            }}
          >
            {t.questions.showMore}
          </Button>
        </div>
      )}
    </>
  )
}
