import CryptoExtras
import Subprocess
import Hummingbird
enum PortalPlaceholder {}
