import { useConnection } from '../graphql/Usher'
import { t } from '../texts'
import { Banner } from '../ui/Banner'

/** Says that the page cannot reach the server, or only now and then. It is there on every page. */
export function ConnectionBar() {
  const connection = useConnection()
  if (connection !== 'lost' && connection !== 'held') return null
  return (
    <div className="late connection-bar">
      <Banner bar tone="wait" icon="offline" role="status">
        {t.connection[connection]}
      </Banner>
    </div>
  )
}
