import { useConnection } from '../graphql/Usher'
import { t } from '../texts'
import { Banner } from '../ui/Banner'

/** Says that the connection is lost and that the page reconnects. Nothing else moves. */
export function ConnectionBar() {
  const connection = useConnection()
  if (connection !== 'lost') return null
  return (
    <div className="late">
      <Banner bar tone="wait" icon="offline" role="status">
        {t.connectionLost}
      </Banner>
    </div>
  )
}
