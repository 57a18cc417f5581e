import type { CombinedError } from 'urql'
import { unexpected } from '../graphql/problem'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'

/** Says why something could not be read, and reads it again. */
export function Unread({ error, onAgain }: { error: CombinedError; onAgain: () => void }) {
  return (
    <Banner tone="danger" icon="alert" role="status" actions={<Button size="small" onClick={onAgain}>{t.tryAgain}</Button>}>
      {unexpected(error)}
    </Banner>
  )
}
