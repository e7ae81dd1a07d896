import API
import Accounts
import Campaigns
import Cases
import Clocks
import Complaints
import Counter
import Counties
import Deliveries
import Desk
import Figures
import Findings
package import Ground
import Imports
import Pages
import Register
import Reviews
import Visits

extension Portal {
  /// What the audit log may name, in the order in which the auditor chooses from it.
  package static let auditActions: [AuditAction] =
    AuditAction.ofAccounts + AuditAction.ofCounties + AuditAction.ofClocks
    + AuditAction.ofCampaigns
    + AuditAction.ofRegister
    + AuditAction.ofImports + AuditAction.ofReviews
    + AuditAction.ofDeliveries + AuditAction.ofVisits + AuditAction.ofComplaints
    + AuditAction.ofCounter
    + AuditAction.ofFindings + AuditAction.ofCases + AuditAction.ofDocuments
    + AuditAction.ofFigures + AuditAction.ofAPI
    + AuditAction.ofDesk + AuditAction.ofPages
}
