extension OccupationCatalogue {
    static let industry: [CatalogueOccupation] = [
        CatalogueOccupation(
            "6-18-01-01", "车工", .machinery,
            majors: ["460104 机械制造及自动化", "460103 数控技术", "460101 机械设计与制造"], specialisations: ["数控车工"]),
        CatalogueOccupation(
            "6-18-01-02", "铣工", .machinery,
            majors: ["460102 数字化设计与制造技术", "460201 智能制造装备技术", "460105 工业设计"], specialisations: ["数控铣工"]),
        CatalogueOccupation(
            "6-18-02-04", "焊工", .machinery,
            majors: ["460110 智能焊接技术", "460107 材料成型及控制技术", "460501 船舶工程技术"],
            specialisations: ["电焊工", "气焊工", "焊接设备操作工"]),
        CatalogueOccupation(
            "6-18-04-01", "模具工", .machinery,
            majors: ["460113 模具设计与制造", "460112 增材制造技术", "460108 现代铸造技术"]),
        CatalogueOccupation(
            "6-20-01-01", "钳工", .machinery,
            majors: ["460202 机电设备技术", "460118 机械装备制造技术", "460119 工业产品质量检测技术"],
            specialisations: ["装配钳工", "机修钳工", "工具钳工"]),
        CatalogueOccupation(
            "6-26-01-01", "仪器仪表制造工", .electrical,
            majors: ["460308 工业自动化仪表技术", "460311 计量测试与应用技术", "460307 工业过程自动化技术"]),
        CatalogueOccupation(
            "6-29-03-03", "电梯安装维修工", .electrical,
            majors: ["460206 电梯工程技术", "440404 建筑智能化工程技术", "440402 建筑电气工程技术"]),
        CatalogueOccupation(
            "6-30-99-00", "工业机器人系统操作员", .electrical,
            majors: ["460305 工业机器人技术", "460304 智能机器人技术", "460303 智能控制技术"]),
        CatalogueOccupation(
            "6-31-01-03", "电工", .electrical,
            majors: ["460306 电气自动化技术", "460301 机电一体化技术", "430108 供用电技术"]),
        CatalogueOccupation(
            "4-02-04-06", "无人机驾驶员", .electrical,
            majors: ["460609 无人机应用技术", "420303 测绘地理信息技术", "500405 飞机电子设备维修"],
            specialisations: ["植保无人机驾驶员", "航拍无人机驾驶员", "巡检无人机驾驶员"]),
    ]
}
